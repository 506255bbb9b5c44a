//! A search engine over the utterances: BM25, each language stemmed in its own field.

use griot::Locale;
use griot::matcher::TrainingSet;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{Index, IndexReader, TantivyDocument, TantivyError, Term};

/// An index of all utterances, in memory.
pub(crate) struct Bm25 {
    reader: IndexReader,
    /// The field of each language, and how its texts are cut.
    fields: Vec<(Field, TextAnalyzer)>,
    class: Field,
}

impl Bm25 {
    /// Indexes the utterances of a set.
    pub(crate) fn of(set: &TrainingSet<'_>) -> Result<Self, TantivyError> {
        let mut schema = Schema::builder();
        let class = schema.add_u64_field("class", STORED);
        let locales = [
            (Locale::Fr, "fr", Language::French),
            (Locale::En, "en", Language::English),
        ];
        let fields: Vec<(Field, TextAnalyzer)> = locales
            .iter()
            .map(|(_, name, language)| {
                (
                    schema.add_text_field(name, indexed(name)),
                    analyzer(*language),
                )
            })
            .collect();
        let index = Index::create_in_ram(schema.build());
        for ((_, name, _), (_, analyzer)) in locales.iter().zip(&fields) {
            index.tokenizers().register(name, analyzer.clone());
        }
        let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
        for utterance in &set.utterances {
            let mut document = TantivyDocument::new();
            document.add_u64(class, u64::from(utterance.class));
            let of = locales
                .iter()
                .position(|(locale, ..)| *locale == utterance.locale);
            if let Some((field, _)) = of.and_then(|of| fields.get(of)) {
                document.add_text(*field, utterance.text);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Self {
            reader: index.reader()?,
            fields,
            class,
        })
    }

    /// The class of the utterance that ranks first.
    pub(crate) fn best(&mut self, question: &str) -> Result<Option<u16>, TantivyError> {
        let mut terms: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (field, analyzer) in &mut self.fields {
            let mut tokens = analyzer.token_stream(question);
            while let Some(token) = tokens.next() {
                let term = Term::from_field_text(*field, &token.text);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                terms.push((Occur::Should, Box::new(query)));
            }
        }
        let searcher = self.reader.searcher();
        let found = searcher.search(
            &BooleanQuery::new(terms),
            &TopDocs::with_limit(1).order_by_score(),
        )?;
        let Some((_, address)) = found.first() else {
            return Ok(None);
        };
        let document: TantivyDocument = searcher.doc(*address)?;
        let class = document
            .get_first(self.class)
            .and_then(|class| class.as_u64());
        Ok(class.and_then(|class| u16::try_from(class).ok()))
    }
}

fn indexed(tokenizer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

fn analyzer(language: Language) -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Stemmer::new(language))
        .filter(AsciiFoldingFilter)
        .build()
}
