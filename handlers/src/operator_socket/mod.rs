//! How an operator's command works on an embedded database while a server has it.
//!
//! An embedded database is open in one process alone. The server that has it listens on a Unix socket in the data folder, and speaks
//! DynamoDB's protocol there, as the database does inside of it; so a command works on the table in the same way whether it has the
//! database itself or a server has it. The folder is the owner's alone, the socket too, and whoever connects is asked for
//! their user: only the server's own, and root, get anything.

mod connect;
mod listen;

use std::io;
use std::path::{Path, PathBuf};

pub use connect::connect;
pub use listen::{Listener, listen};

/// The socket's name in the data folder.
const FILE: &str = "operator.sock";

fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Why there is no way over the socket.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// The system has a bound for the paths of sockets.
    #[error(
        "the path of the operator's socket is too long for the system, which takes about 100 bytes: {}\n  Commands need the server stopped, or a data folder with a shorter path (a relative one counts as it is written).", .0.display()
    )]
    TooLong(PathBuf),
    /// Whoever has the folder does not listen.
    #[error(
        "the data folder is in use, and nobody listens on {}\n  A server that is starting or stopping, or another command, has it: try again. A server that goes on like this says why in its log, or is of a version without the socket.", .0.display()
    )]
    NobodyListens(PathBuf),
    /// It is somebody else's.
    #[error("{} may be used by the owner of the server alone\n  Run the command as that user.", .0.display())]
    NotAllowed(PathBuf),
    /// Something else.
    #[error("{}: {source}", path.display())]
    Io {
        /// The socket.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl SocketError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::InvalidInput => Self::TooLong(path),
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => Self::NobodyListens(path),
            io::ErrorKind::PermissionDenied => Self::NotAllowed(path),
            _ => Self::Io { path, source },
        }
    }
}
