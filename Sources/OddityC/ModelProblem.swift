internal import OddityDetectors
internal import OddityFailures

/// An error of a model that does not name its file, with its path.
struct ModelProblem: Failure {
    let path: String
    let cause: DetectorError

    var blame: Blame { cause.blame }
    var namesItsFile: Bool { true }
    var description: String { "\(printablePath(path)): \(cause)" }
}

/// A text of a program in C.
///
/// - Parameter what: what it is, for the error.
/// - Throws: ``InvalidArgument`` for NULL, and for bytes that are not UTF-8.
func text(_ pointer: UnsafePointer<CChar>?, _ what: String) throws(InvalidArgument) -> String {
    guard let pointer else { throw InvalidArgument("\(what) is NULL; give a text") }
    guard let text = String(validatingCString: pointer) else {
        throw InvalidArgument("\(what) is not valid UTF-8")
    }
    return text
}
