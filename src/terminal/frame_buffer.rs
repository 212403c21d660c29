//! The bytes of a frame, gathered before they are written at once.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Collects the bytes of a frame, which is sent in one write.
#[derive(Debug, Default, Clone)]
pub(super) struct FrameBuffer(pub(super) Rc<RefCell<Vec<u8>>>);

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
