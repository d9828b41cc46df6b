import OddityPlatform

/// The end of the pipe that the handler writes to; a plain number, so that a handler may read it.
private nonisolated(unsafe) var signalPipe: Int32 = -1

/// Lets SIGTERM and SIGINT end a program in an orderly way.
///
/// The first of each is a byte in a pipe that a wait can see; a second one ends the program at once, as it
/// does by default.
public struct Interruption: Sendable {
    let descriptor: Int32

    /// Handles the signals from now on.
    ///
    /// - Throws: ``FileError`` if the system has no descriptor left.
    public init() throws(FileError) {
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
        for signal in [SIGTERM, SIGINT] {
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
    public var hasCome: Bool { Descriptor(number: descriptor).isReady(milliseconds: 0) }

    private static let handler: @convention(c) (Int32) -> Void = { _ in
        let code = errno
        var byte: UInt8 = 1
        _ = write(signalPipe, &byte, 1)
        errno = code
    }
}
