/**
 * This process's environment without what is meant for its own Node: a debugger's flags, a test's. On Linux,
 * memory is asked for in large pages: with a snapshot, most of the time goes into what is touched first.
 */
export function plainEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
    const others = Object.entries(env).filter(([name]) => !/^NODE_/i.test(name))
    return { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1", ...Object.fromEntries(others) }
}
