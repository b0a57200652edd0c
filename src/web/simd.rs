//! The second module: SHA-256, and SHA-1 and MD5 at once, for browsers that know
//! SIMD. The page's own, which carries it, is compiled for those that do not
//! (Chromium before 91). See `digests/simd`.

use std::cell::OnceCell;

use digests::{AT_ONCE, Block, Four, Words};
use js_sys::WebAssembly::{Instance, Memory, Module};
use js_sys::{Function, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::digest::{self, Take};

/// Blocks that it has room for.
const BLOCKS: usize = AT_ONCE * size_of::<Four>() / size_of::<Block>();

/// It, running: what takes blocks, and the memory that words and blocks are in.
struct Second {
    take_both: Function,
    take_sha256: Function,
    words: Uint32Array,
    blocks: Uint8Array,
}

thread_local! {
    static SECOND: OnceCell<Second> = const { OnceCell::new() };
}

/// Has digests use it from now on, where the browser can.
pub fn start() {
    if let Ok(second) = Second::start()
        && SECOND.with(|cell| cell.set(second)).is_ok()
    {
        digest::take_by(Take {
            both: |words, fours| take(|second| &second.take_both, words, fours.as_flattened()),
            sha256: |words, blocks| take(|second| &second.take_sha256, words, blocks),
        });
    }
}

impl Second {
    /// # Errors
    /// Where the browser does not know SIMD.
    fn start() -> Result<Self, JsValue> {
        let own: Module = wasm_bindgen::module().unchecked_into();
        let module = Module::new(&Module::custom_sections(&own, "simd").get(0))?;
        let exports = Instance::new(&module, &Object::new())?.exports();
        let export = |name: &str| Reflect::get(&exports, &name.into());
        let function = |name: &str| -> Result<Function, JsValue> { export(name)?.dyn_into() };
        let place = |name: &str| -> Result<u32, JsValue> {
            let place = function(name)?.call0(&JsValue::NULL)?;
            Ok(place.as_f64().ok_or(JsValue::NULL)? as u32)
        };
        let memory = export("memory")?.dyn_into::<Memory>()?.buffer();
        let (words, blocks) = (size_of::<Words>() / size_of::<u32>(), BLOCKS * size_of::<Block>());
        Ok(Self {
            take_both: function("take_both")?,
            take_sha256: function("take_sha256")?,
            words: Uint32Array::new_with_byte_offset_and_length(&memory, place("words")?, words as u32),
            blocks: Uint8Array::new_with_byte_offset_and_length(&memory, place("blocks")?, blocks as u32),
        })
    }

    fn take(&self, function: &Function, words: &mut [u32], blocks: &[Block]) -> Result<(), JsValue> {
        let place = self.words.subarray(0, words.len() as u32);
        place.copy_from(words);
        for blocks in blocks.chunks(BLOCKS) {
            let bytes = blocks.as_flattened();
            self.blocks.subarray(0, bytes.len() as u32).copy_from(bytes);
            function.call1(&JsValue::NULL, &JsValue::from_f64(blocks.len() as f64))?;
        }
        place.copy_to(words);
        Ok(())
    }
}

fn take(function: impl Fn(&Second) -> &Function, words: &mut [u32], blocks: &[Block]) {
    let took = SECOND.with(|cell| cell.get().map(|second| second.take(function(second), words, blocks)));
    // The module has no way to fail; a digest that missed blocks would be wrong.
    assert!(matches!(took, Some(Ok(()))), "the second module takes blocks");
}
