//! Makes something of a request that is mostly no HTTP any more.

use std::ops::Range;

use rand::{RngExt, rngs::StdRng};

/// Changes it in a few places.
pub fn mutate(bytes: &mut Vec<u8>, random: &mut StdRng) {
    for _ in 0..random.random_range(1..5) {
        change(bytes, random);
    }
}

fn change(bytes: &mut Vec<u8>, random: &mut StdRng) {
    if bytes.is_empty() {
        bytes.push(random.random());
    }
    let range = some_of(bytes.len().min(600), random);
    match random.random_range(0..10) {
        // A bit, a byte.
        0 => bytes[range.start] ^= 1 << random.random_range(0..8),
        1 => bytes[range.start] = random.random(),
        // Something less, something twice, something more.
        2 => drop(bytes.drain(range)),
        3 => {
            let again = bytes[range.clone()].to_vec();
            bytes.splice(range.start..range.start, again);
        }
        4 => {
            let noise: Vec<u8> = (0..random.random_range(1..50)).map(|_| random.random()).collect();
            bytes.splice(range.start..range.start, noise);
        }
        // The end is missing.
        5 => bytes.truncate(range.start),
        // Lines that end otherwise.
        6 => replace_first(bytes, b"\r\n", [&b"\n"[..], b"\r", b"\r\r\n", b"\0\r\n"][random.random_range(0..4)]),
        // More of them than anybody sends, and a long one.
        7 => insert_line(bytes, "x: y\r\n".repeat(random.random_range(1..300)).as_bytes()),
        8 => insert_line(bytes, format!("x: {}\r\n", "y".repeat(random.random_range(1..20_000))).as_bytes()),
        // Lengths that do not fit.
        _ => {
            let length: i64 = random.random_range(-3..100_000);
            insert_line(bytes, format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n").as_bytes());
        }
    }
}

fn some_of(length: usize, random: &mut StdRng) -> Range<usize> {
    let start = random.random_range(0..length);
    start..random.random_range(start..length.min(start + 40)) + 1
}

fn replace_first(bytes: &mut Vec<u8>, what: &[u8], with: &[u8]) {
    if let Some(at) = bytes.windows(what.len()).position(|window| window == what) {
        bytes.splice(at..at + what.len(), with.iter().copied());
    }
}

/// Behind the first line.
fn insert_line(bytes: &mut Vec<u8>, line: &[u8]) {
    if let Some(at) = bytes.windows(2).position(|window| window == b"\r\n") {
        bytes.splice(at + 2..at + 2, line.iter().copied());
    }
}
