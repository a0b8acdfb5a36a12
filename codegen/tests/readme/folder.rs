//! An empty folder, as a reader has it, where the registry has the crates of this repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The crates that readers get from the registry, and where they are here.
const CRATES: [(&str, &str); 2] = [
    ("civicforge-codegen", ""),
    ("civicforge-runtime", "../runtime"),
];

/// The folder. It goes with the value.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one. What stands for the registry is in a file of Cargo's beside the reader's: these crates by their paths, and everything else
    /// as it was downloaded for this repository.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = "[net]\noffline = true\n\n[patch.crates-io]\n".to_owned();
        for (name, path) in CRATES {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            config.push_str(&format!("{name} = {{ path = {path:?} }}\n"));
        }
        std::fs::create_dir(folder.path().join(".cargo")).unwrap();
        std::fs::write(folder.path().join(".cargo/config.toml"), config).unwrap();
        Self(folder)
    }

    /// A place in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file of the reader.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Takes the versions of this repository, which are those that are downloaded.
    pub fn lock(&self, package: &str) {
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        std::fs::copy(lock, self.path(package).join("Cargo.lock")).unwrap();
    }

    /// Cargo, in a folder of the reader.
    pub fn cargo(&self, package: &str) -> Command {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reader");
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .current_dir(self.path(package))
            .env("CARGO_TARGET_DIR", target)
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo
    }
}

/// A fenced block of a text in CommonMark.
#[derive(Debug)]
pub struct Block {
    /// The file that the line before names.
    pub file: Option<String>,
    /// The language.
    pub language: String,
    /// What is between the fences.
    pub text: String,
}

/// The blocks of the README's section of this title.
pub fn blocks(title: &str) -> Vec<Block> {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let (_, section) = readme.split_once(&format!("\n## {title}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let (mut blocks, mut file) = (Vec::new(), None);
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let name = line
            .strip_prefix('`')
            .and_then(|rest| rest.strip_suffix("`:"));
        if let Some(language) = line.strip_prefix("```") {
            let inside = lines.by_ref().take_while(|line| *line != "```");
            let text = inside.flat_map(|line| [line, "\n"]).collect();
            blocks.push(Block {
                file: file.take(),
                language: language.to_owned(),
                text,
            });
        } else if name.is_some() {
            file = name.map(str::to_owned);
        }
    }
    blocks
}
