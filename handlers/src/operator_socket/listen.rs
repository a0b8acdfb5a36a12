//! The server's side of the socket.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use civicforge_kernel::table::embedded::Embedded;
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

use super::SocketError;
use crate::connections::{Bounds, Connections};
use crate::wire::pass;

/// How long one call may take.
const CALL: Duration = Duration::from_secs(30);

const ROOT: u32 = 0;

/// A socket on which commands are served, until it is dropped.
#[derive(Debug)]
pub struct Listener {
    path: PathBuf,
    task: JoinHandle<()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
        // One that stays is replaced by the next server.
        let _ = fs::remove_file(&self.path);
    }
}

/// Listens in this folder for commands on this database, which is the folder's.
///
/// # Errors
///
/// The socket cannot be made.
pub fn listen(folder: &Path, embedded: &Embedded) -> Result<Listener, SocketError> {
    let path = super::path(folder);
    let at = || SocketError::at(&path);
    // The database is locked, so one that is there is left from a server that was killed.
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at()(error)),
        _ => {}
    }
    let listener = UnixListener::bind(&path).map_err(at())?;
    let restricted = fs::Permissions::from_mode(0o600);
    fs::set_permissions(&path, restricted).map_err(at())?;
    let owner = fs::metadata(&path).map_err(at())?.uid();
    let task = tokio::spawn(accept(listener, owner, embedded.connector()));
    Ok(Listener { path, task })
}

async fn accept(listener: UnixListener, owner: u32, connector: SharedHttpConnector) {
    let mut connections = Connections::new(Bounds::few(CALL));
    loop {
        let stream = connections.next(|| listener.accept()).await;
        if !is_allowed(&stream, owner) {
            continue;
        }
        let connector = connector.clone();
        connections.serve(stream, move |request| pass(connector.clone(), request));
    }
}

fn is_allowed(stream: &UnixStream, owner: u32) -> bool {
    match stream.peer_cred() {
        Ok(peer) if [owner, ROOT].contains(&peer.uid()) => true,
        Ok(peer) => {
            let user = peer.uid();
            tracing::warn!(user, "another user was refused at the operator's socket");
            false
        }
        Err(error) => {
            tracing::warn!(%error, "it is not known who is at the operator's socket");
            false
        }
    }
}
