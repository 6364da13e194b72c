//! Who is told of the events of a login. Pure: tested natively.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::{Rc, Weak},
};

type Handler<E> = Rc<dyn Fn(E)>;

/// Everybody who listens now.
pub struct Handlers<E> {
    entries: RefCell<Vec<(u32, Handler<E>)>>,
    next: Cell<u32>,
}

impl<E> Default for Handlers<E> {
    fn default() -> Self {
        Self { entries: RefCell::default(), next: Cell::new(0) }
    }
}

impl<E: Clone> Handlers<E> {
    /// Tells `handler` of every event, until the subscription is dropped.
    pub fn add(self: &Rc<Self>, handler: impl Fn(E) + 'static) -> Subscription<E> {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        self.entries.borrow_mut().push((id, Rc::new(handler)));
        Subscription { handlers: Rc::downgrade(self), id }
    }

    /// Tells everybody who still listens when their turn comes: a handler may drop another.
    pub fn tell(&self, event: &E) {
        let ids: Vec<u32> = self.entries.borrow().iter().map(|(id, _)| *id).collect();
        for id in ids {
            let handler = self.entries.borrow().iter().find(|(other, _)| *other == id).map(|(_, it)| Rc::clone(it));
            if let Some(handler) = handler {
                handler(event.clone());
            }
        }
    }
}

/// Dropping it unsubscribes.
pub struct Subscription<E> {
    handlers: Weak<Handlers<E>>,
    id: u32,
}

impl<E> Drop for Subscription<E> {
    fn drop(&mut self) {
        if let Some(handlers) = self.handlers.upgrade() {
            // Its drop may run code of anybody's: not while the list is borrowed.
            let dropped = {
                let mut entries = handlers.entries.borrow_mut();
                entries.iter().position(|(id, _)| *id == self.id).map(|place| entries.remove(place))
            };
            drop(dropped);
        }
    }
}

impl<E> fmt::Debug for Subscription<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Subscription").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Heard = Rc<RefCell<Vec<(&'static str, u32)>>>;

    fn listen(handlers: &Rc<Handlers<u32>>, heard: &Heard, name: &'static str) -> Subscription<u32> {
        let heard = Rc::clone(heard);
        handlers.add(move |event| heard.borrow_mut().push((name, event)))
    }

    #[test]
    fn a_dropped_subscription_hears_nothing_more_and_the_others_go_on() {
        let (handlers, heard) = (Rc::new(Handlers::default()), Heard::default());
        let first = listen(&handlers, &heard, "first");
        let _second = listen(&handlers, &heard, "second");
        handlers.tell(&1);
        drop(first);
        handlers.tell(&2);
        assert_eq!(*heard.borrow(), [("first", 1), ("second", 1), ("second", 2)]);
        assert_eq!(handlers.entries.borrow().len(), 1, "nothing is kept of it");
    }

    #[test]
    fn a_handler_may_end_another_subscription_and_its_own() {
        let (handlers, heard) = (Rc::new(Handlers::default()), Heard::default());
        let kept: Rc<RefCell<Vec<Subscription<u32>>>> = Rc::default();
        let ends = handlers.add({
            let kept = Rc::clone(&kept);
            move |_| kept.borrow_mut().clear()
        });
        let other = listen(&handlers, &heard, "other");
        kept.borrow_mut().extend([ends, other]);
        handlers.tell(&1);
        assert!(heard.borrow().is_empty() && handlers.entries.borrow().is_empty());
    }

    #[test]
    fn a_subscription_may_outlive_the_login() {
        let handlers = Rc::new(Handlers::<u32>::default());
        let subscription = handlers.add(|_| {});
        drop(handlers);
        drop(subscription);
    }
}
