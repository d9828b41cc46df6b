import OddityPlatform

/// The end of the pipe that the handler writes to; a plain number, so that a handler may read it.
private nonisolated(unsafe) var signalPipe: Int32 = -1

/// Lets SIGTERM, SIGINT and SIGHUP end a program in an orderly way; a SIGHUP that is ignored, as after
/// `nohup`, stays so.
///
/// The first of each is a byte in a pipe that a wait can see; a second one ends the program at once, as it
/// does by default.
package struct Interruption: Sendable {
    let descriptor: Int32

    /// Handles the signals from now on.
    ///
    /// - Throws: ``FileError`` if the system has no descriptor left.
    package init() throws(FileError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .reading("a pipe", errno: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        signalPipe = ends[1]
        // A parent that blocks them hands that on.
        var handled = sigset_t()
        sigemptyset(&handled)
        for signal in [SIGTERM, SIGINT, SIGHUP] where signal != SIGHUP || !Self.isIgnored(signal) {
            sigaddset(&handled, signal)
            var action = sigaction()
            #if os(Linux)
                action.__sigaction_handler.sa_handler = Self.handler
            #else
                action.__sigaction_u.__sa_handler = Self.handler
            #endif
            // SA_RESETHAND, which Swift sees with another sign on Linux.
            action.sa_flags = Int32(bitPattern: UInt32(truncatingIfNeeded: SA_RESETHAND))
            sigaction(signal, &action, nil)
        }
        pthread_sigmask(SIG_UNBLOCK, &handled, nil)
    }

    /// Whether a signal has come.
    package var hasCome: Bool { Descriptor(number: descriptor).isReady(milliseconds: 0) }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        #if os(Linux)
            let handler = action.__sigaction_handler.sa_handler
        #else
            let handler = action.__sigaction_u.__sa_handler
        #endif
        // SIG_IGN is no function but the number 1, and Swift does not see it.
        return unsafeBitCast(handler, to: Int.self) == 1
    }

    private static let handler: @convention(c) (Int32) -> Void = { _ in
        let code = errno
        var byte: UInt8 = 1
        _ = write(signalPipe, &byte, 1)
        errno = code
    }
}
