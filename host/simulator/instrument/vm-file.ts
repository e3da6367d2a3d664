/** Name of the instrumented VM in `dist/`. */
export const VM_FILE = "devicescript-vm.wasm"
