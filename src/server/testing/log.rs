//! What a test's thread logs, at the finest level, of every library.
//!
//! One subscriber serves the whole process and hears only threads that listen. A subscriber of each test's own would
//! miss lines now and then: tracing-core (0.1.36, `Rebuilder::JustOne`) lets the thread that meets a log line first
//! decide for all threads whether anybody wants it, and that may be the thread of a test without a subscriber.

use std::{
    cell::RefCell,
    io::{self, Write},
    marker::PhantomData,
    sync::{Arc, Mutex, Once, PoisonError},
};

use tracing_subscriber::{filter::dynamic_filter_fn, fmt, prelude::*};

thread_local! {
    static LISTENER: RefCell<Option<Lines>> = const { RefCell::new(None) };
}

/// What this thread has logged since the listening began; it ends with this value, which stays on its thread.
pub struct Log {
    lines: Lines,
    _thread: PhantomData<*const ()>,
}

impl Log {
    /// Begins to listen to this thread: all of a test that runs on one thread.
    pub fn listen() -> Self {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(|| {
            let lines = fmt::layer().with_ansi(false).with_writer(Lines::of_this_thread);
            let listening = dynamic_filter_fn(|_, _| LISTENER.with_borrow(Option::is_some));
            let subscriber = tracing_subscriber::registry().with(lines.with_filter(listening));
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        let lines = Lines::default();
        LISTENER.set(Some(lines.clone()));
        Self { lines, _thread: PhantomData }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.lines.0.lock().unwrap().clone()).unwrap()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        LISTENER.set(None);
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn of_this_thread() -> Self {
        LISTENER.with_borrow(Clone::clone).unwrap_or_default()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The case that went wrong: the line is met first by a thread that does not listen.
#[test]
fn a_line_is_heard_even_if_a_deaf_thread_met_it_first() {
    let say = || tracing::trace!("can you hear me");
    let log = Log::listen();
    std::thread::spawn(say).join().unwrap();
    assert_eq!(log.text(), "");
    say();
    assert!(log.text().contains("can you hear me"));
}
