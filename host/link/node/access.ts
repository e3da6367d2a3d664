import { resolve } from "node:path"
import { UserError } from "../../base/errors"
import { readText } from "../../base/node/read-file"
import type { RemoteAccess } from "../../documents/fleet/fleet-config"

/** No secret and no chain of certificates is larger. Bytes. */
const MAX_BYTES = 1 << 20

/** Where secrets are. */
export interface SecretPlaces {
    cwd: string
    env: NodeJS.ProcessEnv
}

/** How to get into a server: with the secrets themselves, which nobody prints. */
export interface Access {
    /** Of HTTP's `authorization`. */
    authorization?: string
    user?: string
    password?: string
    /** Of TLS, as PEM. */
    ca?: string
    cert?: string
    key?: string
}

/** Reads the secrets that are named. @throws UserError that names the place, never what is in it */
export function readAccess(settings: RemoteAccess, places: SecretPlaces): Access {
    const { user, ca, cert, key } = settings
    const password = readSecret("password", settings, places)
    const token = readSecret("token", settings, places)
    if (token !== undefined && (user !== undefined || password !== undefined))
        throw new UserError(
            "E_CONFIG",
            "A server takes a token, or a user with a password: name one.",
        )
    if ((cert === undefined) !== (key === undefined))
        throw new UserError(
            "E_CONFIG",
            "A client's own certificate has a key: cert and key go together.",
        )
    const pem = (file: string | undefined) =>
        file === undefined ? undefined : readPem(file, places.cwd)
    const authorization =
        token !== undefined
            ? `Bearer ${token}`
            : user !== undefined
              ? `Basic ${Buffer.from(`${user}:${password ?? ""}`).toString("base64")}`
              : undefined
    return defined({ authorization, user, password, ca: pem(ca), cert: pem(cert), key: pem(key) })
}

/** A secret that a file or a variable of the environment has; undefined where none is named. */
export function readSecret(
    what: "password" | "token",
    settings: Pick<RemoteAccess, "passwordFile" | "passwordEnv" | "tokenFile" | "tokenEnv">,
    { cwd, env }: SecretPlaces,
): string | undefined {
    const file = settings[`${what}File`]
    const variable = settings[`${what}Env`]
    if (file !== undefined && variable !== undefined)
        throw new UserError(
            "E_CONFIG",
            `The ${what} is in a file, or in the environment: name one.`,
        )
    if (file !== undefined)
        return usable(readText(resolve(cwd, file), file, MAX_BYTES), `${what} in ${file}`)
    if (variable === undefined) return undefined
    const value = env[variable]
    if (value === undefined)
        throw new UserError(
            "E_CONFIG",
            `There is no variable ${variable} in the environment, which is to have the ${what}.`,
        )
    return usable(value, `${what} in the variable ${variable}`)
}

/** @throws UserError when the file cannot be read, or is no PEM */
export function readPem(file: string, cwd: string): string {
    const text = readText(resolve(cwd, file), file, MAX_BYTES)
    if (!text.includes("-----BEGIN "))
        throw new UserError("E_CONFIG", `${file} is no PEM file: it has no -----BEGIN line.`)
    return text
}

/** Files end with a line's end, which is no part of the secret. */
function usable(text: string, what: string): string {
    const secret = text.replace(/\r?\n$/, "")
    if (secret !== "" && !/[\0\r\n]/.test(secret)) return secret
    throw new UserError("E_CONFIG", `The ${what} is empty, or more than one line.`)
}

function defined<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
    return Object.fromEntries(
        Object.entries(of).filter(([, value]) => value !== undefined),
    ) as never
}
