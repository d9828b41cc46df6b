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
        let model = try model(pointer)
        guard case .table(let detector) = model else { throw model.unlike(.table) }
        return detector
    }

    /// A model of series behind a pointer, likewise.
    static func series(_ pointer: OpaquePointer?) throws -> FittedSeriesDetector {
        let model = try model(pointer)
        guard case .series(let detector) = model else { throw model.unlike(.series) }
        return detector
    }

    /// A model of images behind a pointer, likewise.
    static func images(_ pointer: OpaquePointer?) throws -> FittedImageDetector {
        let model = try model(pointer)
        guard case .images(let detector) = model else { throw model.unlike(.images) }
        return detector
    }
}

extension Model {
    /// What kind it is.
    var kind: DetectorKind {
        switch self {
        case .table: .table
        case .images: .images
        case .series: .series
        }
    }

    fileprivate func unlike(_ expected: DetectorKind) -> DetectorError {
        .wrongKind(found: kind, expected: expected)
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
