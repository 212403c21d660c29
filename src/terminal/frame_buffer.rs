//! Buffers the bytes of a frame, so that it is written in one call.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// The bytes of a frame.
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
