//! The `griot` binary: hands over to [`griot::cli`].

fn main() -> std::process::ExitCode {
    griot::cli::main()
}

/// Training needs several times the memory that answering does; this allocator gives it back.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
