internal import OddityDetectors
internal import OddityFailures
internal import OddityPlatform

/// A model that a program in C holds.
final class ModelHandle: Sendable {
    let model: Model

    init(_ model: Model) { self.model = model }

    /// The pointer that the program gets; `oddity_model_free` lets go of it.
    func exported() -> OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// The model behind a pointer.
    ///
    /// - Throws: ``InvalidArgument`` for NULL.
    static func model(_ pointer: OpaquePointer?) throws(InvalidArgument) -> Model {
        guard let pointer else { throw InvalidArgument("the model is NULL; open or fit one") }
        return Unmanaged<ModelHandle>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
            .model
    }

    /// A model of tables behind a pointer.
    ///
    /// - Throws: ``InvalidArgument`` for NULL, `DetectorError` for a model of another kind.
    static func table(_ pointer: OpaquePointer?) throws -> FittedTableDetector {
        switch try model(pointer) {
        case .table(let detector): return detector
        case .images: throw DetectorError.wrongKind(found: .images, expected: .table)
        case .series: throw DetectorError.wrongKind(found: .series, expected: .table)
        }
    }
}

/// An error that a program in C holds, with texts that live as long.
final class ErrorHandle {
    let code, message: UnsafeMutablePointer<CChar>
    let blame: Blame

    init(_ error: any Error) {
        code = copied(errorCode(of: error))
        message = copied("\(error)")
        blame = (error as? any Failure)?.blame ?? .system
    }

    deinit {
        free(code)
        free(message)
    }

    static func of(_ pointer: OpaquePointer) -> ErrorHandle {
        Unmanaged<ErrorHandle>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }
}

/// Does what can fail, and puts the error where a program in C looks for it.
///
/// - Returns: what `body` does; `failure` where it throws.
func reporting<Result>(
    _ error: UnsafeMutablePointer<OpaquePointer?>?,
    orReturn failure: Result,
    _ body: () throws -> Result
) -> Result {
    do {
        return try body()
    } catch let problem {
        error?.pointee = OpaquePointer(
            Unmanaged.passRetained(ErrorHandle(problem)).toOpaque()
        )
        return failure
    }
}

/// A text for C, which `oddity_free` frees.
func copied(_ text: String) -> UnsafeMutablePointer<CChar> {
    guard let copy = strdup(text) else { preconditionFailure("there is no memory for a text") }
    return copy
}
