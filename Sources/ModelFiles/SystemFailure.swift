#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Puts what the system says into words.
enum SystemFailure {
    /// An error of the last system call.
    static func error(_ what: String) -> ModelFileError {
        error(what, code: errno)
    }

    /// An error of a system call whose number was kept.
    static func error(_ what: String, code: Int32) -> ModelFileError {
        ModelFileError(.inputOutput, "\(what): \(String(cString: strerror(code)))")
    }
}
