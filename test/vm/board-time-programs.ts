/**
 * Programs of all kinds that the weights of board time were not fitted to, and the cycles that each took
 * between its two marks on an emulated RP2040, as `weights.ts` has it. Bytecode of another compiler
 * would take others.
 */
export const BOARD_TIME_PROGRAMS: Record<string, { cycles: number; code: string }> = {
    "integer loop": {
        cycles: 19_363_159,
        code: `let s = 0; for (let i = 0; i < 4000; i++) s = (s + i * 7) & 0xffff`,
    },
    "floating point": {
        cycles: 63_714_237,
        code: `let s = 0.5; for (let i = 1; i < 1500; i++) s = s * 1.01 + Math.sqrt(i) / 3.7`,
    },
    "texts joined": {
        cycles: 10_015_575,
        code: `let s = ""; for (let i = 0; i < 120; i++) s = s + "x" + i`,
    },
    "template texts": {
        cycles: 21_314_769,
        code: `let n = 0; for (let i = 0; i < 400; i++) n += \`reading \${i}: \${i / 8} C\`.length`,
    },
    "array of numbers": {
        cycles: 7_474_786,
        code: `const a: number[] = []; for (let i = 0; i < 600; i++) a.push(i * 3); let s = 0; for (let i = 0; i < a.length; i++) s += a[i]`,
    },
    "queue by push and shift": {
        cycles: 36_102_547,
        code: `const a: number[] = []; for (let i = 0; i < 800; i++) { a.push(i); if (a.length > 10) a.shift() }`,
    },
    "buffer bytes": {
        cycles: 17_060_605,
        code: `const b = Buffer.alloc(256); for (let i = 0; i < 3000; i++) b[i & 255] = i & 255; let s = 0; for (let i = 0; i < 256; i++) s += b[i]`,
    },
    "buffer fields": {
        cycles: 7_827_233,
        code: `const b = Buffer.alloc(64); let s = 0; for (let i = 0; i < 900; i++) { b.setAt((i & 7) * 4, "u32", i); s += b.getAt((i & 7) * 4, "u16") }`,
    },
    "buffer copies": {
        cycles: 2_070_062,
        code: `const a = Buffer.alloc(512); const b = Buffer.alloc(512); for (let i = 0; i < 300; i++) b.blitAt(0, a, 0, 512)`,
    },
    "objects kept": {
        cycles: 10_089_360,
        code: `const a: { x: number; y: number; z: number }[] = []; for (let i = 0; i < 120; i++) a.push({ x: i, y: i * 2, z: 3 }); let s = 0; for (const o of a) s += o.x + o.y`,
    },
    "objects dropped": {
        cycles: 20_269_446,
        code: `let s = 0; for (let i = 0; i < 500; i++) { const p = { x: i, y: i + 1 }; s += p.x * p.y }`,
    },
    "class with methods": {
        cycles: 27_617_988,
        code: `const c = new Counter(); for (let i = 0; i < 700; i++) c.add(i)`,
    },
    "calls deep": {
        cycles: 27_531_534,
        code: `let s = 0; for (let i = 0; i < 20; i++) s += fib(9)`,
    },
    closures: {
        cycles: 11_404_283,
        code: `const fs: (() => number)[] = []; for (let i = 0; i < 150; i++) fs.push(adder(i)); let s = 0; for (const f of fs) s += f()`,
    },
    "array methods": {
        cycles: 21_077_611,
        code: `const a: number[] = []; for (let i = 0; i < 200; i++) a.push(i); let s = 0; for (let j = 0; j < 3; j++) s += a.map(x => x * 2).filter(x => x % 3 === 0).length`,
    },
    "search in texts": {
        cycles: 27_990_306,
        code: `const t = "the quick brown fox jumps over the lazy dog"; let s = 0; for (let i = 0; i < 600; i++) s += t.indexOf("lazy") + t.slice(4, 9).length`,
    },
    "JSON there and back": {
        cycles: 26_396_154,
        code: `let s = 0; for (let i = 0; i < 40; i++) s += JSON.parse(JSON.stringify({ id: i, name: "kettle", on: true, t: [1, 2, 3] })).t.length`,
    },
    exceptions: {
        cycles: 11_133_425,
        code: `let s = 0; for (let i = 0; i < 200; i++) { try { if (i % 2) throw new Error("odd") } catch (e) { s++ } }`,
    },
    "maps by name": {
        cycles: 37_893_978,
        code: `const m: any = {}; for (let i = 0; i < 60; i++) m["k" + i] = i; let s = 0; for (let j = 0; j < 10; j++) for (let i = 0; i < 60; i++) s += m["k" + i]`,
    },
    "a full heap": {
        cycles: 32_961_253,
        code: `const keep: any[] = []; for (let i = 0; i < 450; i++) keep.push([i, i]); let s = 0; for (let i = 0; i < 600; i++) s += [i, i + 1, i + 2].length`,
    },
}

/** A whole program, as it was measured. */
export function programText(code: string): string {
    return [
        `class Counter { n = 0; add(by: number) { this.n = (this.n + by) & 0xffff; return this.n } }`,
        `function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2) }`,
        `function adder(k: number): () => number { return () => k + 1 }`,
        `function work() { ${code} }`,
        `console.log("work begins")`,
        `work()`,
        `console.log("work ends")`,
        `console.log(new Counter().add(fib(2)), adder(1)())`,
        ``,
    ].join("\n")
}
