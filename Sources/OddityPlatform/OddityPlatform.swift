// The system's C library, under one name on every platform: `exp`, `log`, `open`, `errno` and their kin.
#if canImport(Glibc)
    @_exported public import Glibc
#elseif canImport(Musl)
    @_exported public import Musl
#elseif canImport(Darwin)
    @_exported public import Darwin
#endif
