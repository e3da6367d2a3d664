import { _panic } from "@devicescript/core"
/** The VM's own number for a fault of the firmware, as a program may ask for it (`impl_ds.c`). */
const FAULT = 0xab04711
setTimeout(() => _panic(FAULT), 200)
