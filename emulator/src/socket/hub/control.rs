//! What the control API sees of sockets and does to them.

use super::Hub;

/// A socket that is connected.
pub(crate) struct Connected {
    pub id: u64,
    pub uid: String,
    pub device: String,
    pub since: i64,
}

impl Hub {
    /// The sockets that are connected, oldest first.
    pub(crate) fn connected(&self) -> Vec<Connected> {
        let state = self.state();
        let sockets =
            state.present.iter().flat_map(|(uid, present)| present.sockets.iter().map(move |socket| (uid, socket)));
        let mut connected: Vec<Connected> = sockets
            .filter(|(_, socket)| socket.line.is_some())
            .map(|(uid, socket)| Connected {
                id: socket.id,
                uid: uid.clone(),
                device: socket.device.clone(),
                since: socket.since,
            })
            .collect();
        connected.sort_by_key(|socket| socket.id);
        connected
    }

    /// Cuts off the sockets that `which` picks by uid and id, and answers how many. Their seats stay taken until they
    /// have been seen off, as with a network that ends.
    pub(crate) fn cut(&self, which: impl Fn(&str, u64) -> bool) -> usize {
        let mut state = self.state();
        let sockets = state
            .present
            .iter_mut()
            .flat_map(|(uid, present)| present.sockets.iter_mut().map(move |socket| (uid, socket)));
        sockets
            .filter(|(uid, socket)| socket.line.is_some() && which(uid.as_str(), socket.id))
            .map(|(_, socket)| socket.line = None)
            .count()
    }

    /// Ends all sockets, and tells nobody that anybody went: there is nobody left.
    pub(crate) fn send_all_away(&self) {
        self.state().present.retain(|_, present| {
            present.sockets.clear();
            present.appearances > 0
        });
    }
}
