//! The `griot` binary: hands over to [`griot::cli`].

fn main() -> std::process::ExitCode {
    griot::cli::main()
}
