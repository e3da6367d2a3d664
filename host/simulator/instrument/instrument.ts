import binaryen from "binaryen"
import {
    CLOUD_FUNCTIONS,
    HARDWARE_FUNCTIONS,
    INTERCEPTED_FUNCTIONS,
    SERVICE_FUNCTIONS,
} from "../firmware/functions"
import { HARDWARE_MODULE, HOOK_MODULE } from "../hook-module"
import { EPOCH_US, EXTRA_PAGES, NOW, OWN_PAGES, OWN_SERVICE, WORK_GLOBALS } from "../work-cells"
import { countWork } from "./count-work"
import { expectFunction, missing, moveAside, readModule } from "./vm-functions"
import { meter } from "./meter"
import { takeCharactersUnsigned } from "./unsigned-characters"
import { WEIGHTS, type Weights } from "./weights"
import { VmMismatchError } from "./vm-source"

const { f64, i32, none } = binaryen
/**
 * A VM function that reports to the host. The hook gets the function's parameters, and after them
 * its result when it runs after a function that has one.
 */
interface Hook {
    /** The VM's own name, from the module's name section. */
    target: string
    /** Name of the import the host provides. */
    hook: string
    params: number
    result: boolean
    when: "before" | "after"
    /** To the program's work, the call is what it was: it happens too often to be told as more. */
    isFree?: true
}

/**
 * First, every way the heap changes: an allocation, a collection and a free are the only three things that
 * turn free bytes into used ones or back (`gc_alloc.c`). Then what keeps a call's frame alive, death,
 * what the program itself prints, which the log would not tell from the runtime's own lines, the services
 * it wants and gets, and what it puts into lists, for which no call has a frame.
 */
const HOOKS: Hook[] = [
    { target: "jd_gc_any_try_alloc", hook: "allocated", params: 3, result: true, when: "after" },
    { target: "jd_gc_free", hook: "freeing", params: 2, result: false, when: "before" },
    { target: "devs_gc", hook: "collected", params: 1, result: false, when: "after" },
    { target: "devs_gc_create", hook: "created", params: 0, result: true, when: "after" },
    { target: "devs_gc_destroy", hook: "destroying", params: 1, result: false, when: "before" },
    {
        target: "devs_make_closure",
        hook: "closure_made",
        params: 4,
        result: false,
        when: "before",
    },
    { target: "devs_panic", hook: "panicking", params: 2, result: false, when: "before" },
    {
        target: "fun2_DeviceScript_print",
        hook: "printing",
        params: 1,
        result: false,
        when: "before",
    },
    { target: "fun2_DeviceScript_print", hook: "printed", params: 1, result: false, when: "after" },
    {
        target: "jd_allocate_service",
        hook: "service_made",
        params: 1,
        result: true,
        when: "after",
    },
    { target: "jd_settings_get_bin", hook: "setting_read", params: 3, result: true, when: "after" },
    { target: "jd_role_alloc", hook: "role_opened", params: 2, result: true, when: "after" },
    {
        target: "rolemgr_role_changed",
        hook: "role_changed",
        params: 1,
        result: false,
        when: "after",
    },
    {
        ...{ target: "methX_Array_push", hook: "pushing", params: 1, result: false },
        ...{ when: "before", isFree: true },
    },
    {
        ...{ target: "meth1_Array_pushRange", hook: "pushing_range", params: 1, result: false },
        ...{ when: "before", isFree: true },
    },
]

const FILL = "__memset"
/** Copies more than 512 bytes. */
const COPY = "emscripten_memcpy_big"

/** Calls the service for the board itself. */
const PROCESS = "jd_ctrl_process"
/** Looks at the clock, in milliseconds. */
const CLOCK = "em_time_now"

/** Functions of the VM that the host calls but the official module does not export. */
const EXPORTS = {
    devs_gc: "collect",
    devs_dump_heap: "dump_heap",
    jd_settings_set_bin: "set_setting",
    devscloud_on_message: "from_cloud",
    ...ownName(
        "devs_arg_int",
        "devs_arg_int_defl",
        "devs_bufferish_data",
        "devs_buffer_is_writable",
        "devs_ret_int",
        "devs_value_from_int",
        "devs_value_from_double",
        "devs_throw_type_error",
        "devs_throw_range_error",
        "devs_throw_expecting_error",
        "devs_throw_expecting_error_ext",
        "devs_throw_not_supported_error",
        "devs_fiber_sleep",
        "devs_try_alloc",
        "devs_free",
        "dcfg_get_pin",
        "dcfg_get_i32",
        "dcfg_get_string",
        "dcfg_set_user_config",
        "jd_allocate_service",
        "jd_send",
        "jd_send_event_ext",
        "jd_send_not_implemented",
    ),
}

/**
 * Puts the hooks into the VM: each target is moved aside and a wrapper of the same name, which all
 * callers now reach, calls it and then (or before it) the host. And what the module does otherwise than
 * a board's firmware is made like it. Nothing else of the module changes.
 * @param weights what its instructions take on a board
 * @throws VmMismatchError when a function is missing or has another signature.
 */
export function instrument(wasm: Uint8Array, weights: Weights = WEIGHTS): Uint8Array {
    const module = readModule(wasm)
    try {
        for (const hook of HOOKS) wrap(module, hook)
        for (const [name, params] of Object.entries(HARDWARE_FUNCTIONS))
            replace(module, name, params, false)
        const functions = { ...SERVICE_FUNCTIONS, ...CLOUD_FUNCTIONS }
        for (const [name, { params, result }] of Object.entries(functions))
            replace(module, name, params, result)
        for (const [name, params] of Object.entries(INTERCEPTED_FUNCTIONS))
            intercept(module, name, params)
        takeCharactersUnsigned(module)
        skipOwnService(module)
        keepTime(module)
        countWork(module)
        useBulkMemory(module)
        for (const [name, exported] of Object.entries(EXPORTS)) {
            if (!module.getFunction(name)) missing(name)
            module.addFunctionExport(name, exported)
        }
        if (!module.validate())
            throw new VmMismatchError("the instrumented VM is not a valid WebAssembly module.")
        return meter(module.emitBinary(), {
            ...{ cell: WORK_GLOBALS.cell, copying: [COPY], weights },
            ...{ ownPages: OWN_PAGES, extraPages: EXTRA_PAGES },
            free: [CLOCK, ...HOOKS.filter(({ isFree }) => isFree).map(({ target }) => target)],
        })
    } finally {
        module.dispose()
    }
}

function wrap(module: binaryen.Module, { target, hook, params, result, when, isFree }: Hook): void {
    const ref = module.getFunction(target)
    if (!ref) missing(target)
    const info = binaryen.getFunctionInfo(ref)
    const paramTypes = Array<number>(params).fill(i32)
    if (
        binaryen.expandType(info.params).join() !== paramTypes.join() ||
        info.results !== (result ? i32 : none)
    )
        throw new VmMismatchError(
            `the VM's function ${target} is not (${params} x i32) -> ${result ? "i32" : "nothing"} as expected.`,
        )

    const original = `${target}.before-${hook}`
    module.addFunction(original, info.params, info.results, info.vars, info.body)
    module.removeFunction(target)

    const hookArgs = result && when === "after" ? params + 1 : params
    const hookName = `${HOOK_MODULE}.${hook}`
    const hookType = binaryen.createType(Array<number>(hookArgs).fill(i32))
    module.addFunctionImport(hookName, HOOK_MODULE, hook, hookType, none)

    const args = () => paramTypes.map((type, index) => module.local.get(index, type))
    const call = module.call(original, args(), info.results)
    const body: number[] = []
    if (when === "before") body.push(module.call(hookName, args(), none), call)
    else if (!result) body.push(call, module.call(hookName, args(), none))
    else
        body.push(
            module.local.set(params, call),
            module.call(hookName, [...args(), module.local.get(params, i32)], none),
            module.local.get(params, i32),
        )
    const vars = result && when === "after" ? [i32] : []
    module.addFunction(
        target,
        info.params,
        info.results,
        vars,
        module.block(null, body, info.results),
    )
    // The meter knows functions by what they are exported as.
    if (isFree) module.addFunctionExport(target, target)
}

/** Puts the host's function in place of one of the VM's. */
function replace(module: binaryen.Module, target: string, params: number, result: boolean): void {
    const { params: type, results } = expectFunction(module, target, params, result)
    module.removeFunction(target)
    const call = callHost(module, target, params, results)
    module.addFunction(target, type, results, [], call)
}

/** Asks the host first, which may do all that the VM's function would have done. */
function intercept(module: binaryen.Module, target: string, params: number): void {
    const { original, type } = moveAside(module, { target, params, result: false }, "host")
    const args = Array.from({ length: params }, (_, index) => module.local.get(index, i32))
    const isDone = callHost(module, target, params, i32)
    const goOn = module.call(original, args, none)
    module.addFunction(target, type, none, [], module.if(module.i32.eqz(isDone), goOn))
}

/** A step of the board calls each of its services, and the VM's own one is most often the only one. */
function skipOwnService(module: binaryen.Module): void {
    const { original: asking, type } = moveAside(
        module,
        { target: PROCESS, params: 1, result: false },
        "own",
    )
    module.addGlobal(OWN_SERVICE, i32, true, module.i32.const(0))
    module.addGlobalExport(OWN_SERVICE, OWN_SERVICE)
    const state = () => module.local.get(0, i32)
    const isOwn = module.i32.eq(state(), module.global.get(OWN_SERVICE, i32))
    const body = module.if(
        isOwn,
        module.call(`${PROCESS}.before-host`, [state()], none),
        module.call(asking, [state()], none),
    )
    module.addFunction(PROCESS, type, none, [], body)
}

/**
 * The VM looks at the clock several times a step, and a microsecond passes at each look: without a call of
 * the host. To the program's work this is the call that it was.
 */
function keepTime(module: binaryen.Module): void {
    const clock = module.getFunction(CLOCK)
    if (!clock || binaryen.getFunctionInfo(clock).results !== f64) missing(CLOCK)
    module.removeFunction(CLOCK)
    const [at, us] = [() => module.i32.const(NOW), () => module.local.get(0, f64)]
    const milliseconds = module.f64.div(
        module.f64.add(module.f64.const(EPOCH_US), us()),
        module.f64.const(1000),
    )
    const body = [
        module.local.set(0, module.f64.load(0, 8, at())),
        module.f64.store(0, 8, at(), module.f64.add(us(), module.f64.const(1))),
        milliseconds,
    ]
    module.addFunction(CLOCK, none, f64, [f64], module.block(null, body, f64))
    module.addFunctionExport(CLOCK, CLOCK)
}

function callHost(
    module: binaryen.Module,
    target: string,
    params: number,
    results: binaryen.Type,
): number {
    const imported = `${HARDWARE_MODULE}.${target}`
    const type = binaryen.createType(Array<number>(params).fill(i32))
    module.addFunctionImport(imported, HARDWARE_MODULE, target, type, results)
    const args = Array.from({ length: params }, (_, index) => module.local.get(index, i32))
    return module.call(imported, args, results)
}

/** Names under which they are exported: their own. */
function ownName<T extends string>(...names: T[]): Record<T, T> {
    return Object.fromEntries(names.map(name => [name, name])) as Record<T, T>
}

/**
 * Lets the processor fill memory. The VM fills every free block with a pattern at each allocation
 * beside it (`mark_block` in `gc_alloc.c`), tens of kilobytes a time, and its build does that in a
 * loop; the instruction that does the same is many times faster.
 */
function useBulkMemory(module: binaryen.Module): void {
    if (!module.getFunction(FILL)) missing(FILL)
    module.removeFunction(FILL)
    const [target, value, size] = [0, 1, 2].map(index => module.local.get(index, i32)) as [
        number,
        number,
        number,
    ]
    const fill = module.memory.fill(target, value, size)
    const body = module.block(null, [fill, module.local.get(0, i32)], i32)
    module.addFunction(FILL, binaryen.createType([i32, i32, i32]), i32, [], body)
}
