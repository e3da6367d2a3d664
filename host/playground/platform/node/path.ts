/** `node:path`, as it is on Linux: a package that is Node's own source, made to stand alone. */
import path from "path-browserify"

export const { basename, dirname, extname, isAbsolute, join, normalize, relative, resolve, sep } =
    path
export const posix = path
