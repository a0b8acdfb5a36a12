//! The README, as a reader follows it: in an empty folder, by its files and commands alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod folder;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

use civicforge_codegen::Config;
use folder::{Block, Folder, blocks};

/// A server that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The reader, who stands in a folder.
struct Reader {
    folder: Folder,
    package: String,
    server: Option<Running>,
    /// The port of the README can be another program's.
    address: String,
}

const ADDRESS: &str = "127.0.0.1:8080";

impl Reader {
    fn new() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        Self {
            folder: Folder::new(),
            package: ".".to_owned(),
            server: None,
            address: free.local_addr().unwrap().to_string(),
        }
    }

    fn follow(&mut self, block: &Block) {
        let text = block.text.replace(ADDRESS, &self.address);
        match (&block.file, block.language.as_str()) {
            (Some(file), _) => self
                .folder
                .write(&format!("{}/{file}", self.package), &text),
            (None, "console") => {
                for command in text.split("$ ").filter(|command| !command.is_empty()) {
                    let (command, printed) = command.split_once('\n').unwrap();
                    self.run(command, printed);
                }
            }
            (None, "text") => self.fails_with(text.trim()),
            (None, language) => panic!("what is a block of {language} for?"),
        }
    }

    fn run(&mut self, command: &str, printed: &str) {
        match command.split(' ').collect::<Vec<_>>().as_slice() {
            ["cargo", "new", name] => {
                self.succeed(&["new", name, "--quiet"]);
            }
            ["cd", name] => {
                (*name).clone_into(&mut self.package);
                self.folder.lock(&self.package);
            }
            ["cargo", "run"] => {
                self.succeed(&["build"]);
                let mut cargo = self.folder.cargo(&self.package);
                let server = cargo.arg("run").stdout(Stdio::null()).spawn().unwrap();
                self.server = Some(Running(server));
            }
            ["curl", url] => {
                let target = url.strip_prefix("http://").unwrap();
                let (address, path) = target.split_once('/').unwrap();
                let response = self.get(address, path);
                assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
                let (_, body) = response.split_once("\r\n\r\n").unwrap();
                assert_eq!(body, printed.trim_end(), "{command}");
            }
            _ => panic!("`{command}` is not known"),
        }
    }

    /// Runs Cargo, which succeeds without a warning.
    fn succeed(&self, arguments: &[&str]) {
        let mut cargo = self.folder.cargo(&self.package);
        let output = cargo.args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        assert!(!said.contains("warning"), "{arguments:?}: {said}");
    }

    /// Connects as soon as the server listens.
    fn get(&mut self, address: &str, path: &str) -> String {
        let server = self.server.as_mut().expect("a server runs");
        let mut stream = loop {
            if let Ok(stream) = TcpStream::connect(address) {
                break stream;
            }
            let ended = server.0.try_wait().unwrap();
            assert!(ended.is_none(), "the server has ended: {ended:?}");
            std::thread::yield_now();
        };
        let head = "Host: localhost\r\nConnection: close";
        write!(stream, "GET /{path} HTTP/1.1\r\n{head}\r\n\r\n").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    /// What Cargo says of a reference that leads nowhere.
    fn fails_with(&mut self, line: &str) {
        let path = self.folder.path(&self.package).join("petstore.yaml");
        let document = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, document.replace("schemas/Pet'", "schemas/Pets'")).unwrap();
        let output = self
            .folder
            .cargo(&self.package)
            .arg("build")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success());
        assert!(said.lines().any(|said| said.starts_with(line)), "{said}");
    }
}

#[test]
fn a_server_from_nothing() {
    let mut reader = Reader::new();
    let blocks = blocks("A server from nothing");
    assert!(blocks.len() > 7, "{blocks:#?}");
    for block in &blocks {
        reader.follow(block);
        if block.language == "console" && block.text.contains("curl") {
            let address = reader.address.clone();
            let refused = reader.get(&address, "pets/0");
            assert!(refused.starts_with("HTTP/1.1 400 "), "{refused}");
            assert!(refused.contains("petId"), "{refused}");
            let nothing = reader.get(&address, "toys");
            assert!(nothing.starts_with("HTTP/1.1 404 "), "{nothing}");
        }
    }
}

/// The hosts' programs are the README's server.
#[test]
fn the_document_is_that_of_the_hosts() {
    let blocks = blocks("A server from nothing");
    let text = |name: &str| {
        let block = blocks
            .iter()
            .find(|block| block.file.as_deref() == Some(name));
        &block.unwrap().text
    };
    let document = std::fs::read_to_string("petstore/petstore.yaml").unwrap();
    assert_eq!(*text("petstore.yaml"), document);
    let script = std::fs::read_to_string("petstore/build.rs").unwrap();
    assert!(script.ends_with(text("build.rs")), "{script}");
}

#[test]
fn the_settings_are_those_that_there_are() {
    let blocks = blocks("Settings");
    let block = blocks.iter().find(|block| block.file.is_some()).unwrap();
    let config = Config::from_toml("civicforge.toml".as_ref(), &block.text);
    let config = config.unwrap_or_else(|found| panic!("{found:#?}"));
    assert!(config.out_path().unwrap().ends_with("src/api.rs"));
}
