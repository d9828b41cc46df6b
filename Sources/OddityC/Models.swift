internal import OddityDetectors
internal import OddityPlatform

/// `oddity_model_open` of `oddity.h`.
@_cdecl("oddity_model_open")
public func modelOpen(
    _ path: UnsafePointer<CChar>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        let path = try text(path, "the path of the model")
        do {
            return ModelHandle(try Model(reading: path)).exported()
        } catch let problem as DetectorError {
            throw ModelProblem(path: path, cause: problem)
        }
    }
}

/// `oddity_model_decode` of `oddity.h`.
@_cdecl("oddity_model_decode")
public func modelDecode(
    _ bytes: UnsafeRawPointer?,
    _ size: Int,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        guard size >= 0, bytes != nil || size == 0 else {
            throw InvalidArgument("the bytes of the model are NULL; give those of a model file")
        }
        let bytes = [UInt8](UnsafeRawBufferPointer(start: bytes, count: size))
        return ModelHandle(try Model(decoding: bytes)).exported()
    }
}

/// `oddity_model_free` of `oddity.h`.
@_cdecl("oddity_model_free")
public func modelFree(_ model: OpaquePointer?) {
    guard let model else { return }
    Unmanaged<ModelHandle>.fromOpaque(UnsafeRawPointer(model)).release()
}

/// `oddity_model_save` of `oddity.h`.
@_cdecl("oddity_model_save")
public func modelSave(
    _ model: OpaquePointer?,
    _ path: UnsafePointer<CChar>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
    reporting(error, orReturn: false) {
        try ModelHandle.model(model).detector.write(to: try text(path, "the path of the model"))
        return true
    }
}

/// `oddity_model_encode` of `oddity.h`.
@_cdecl("oddity_model_encode")
public func modelEncode(
    _ model: OpaquePointer?,
    _ size: UnsafeMutablePointer<Int>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutableRawPointer? {
    reporting(error, orReturn: nil) {
        guard let size else { throw InvalidArgument("the place for the size is NULL") }
        let bytes = try ModelHandle.model(model).detector.encoded()
        guard let memory = malloc(max(1, bytes.count)) else {
            preconditionFailure("there is no memory for a model")
        }
        memory.copyMemory(from: bytes, byteCount: bytes.count)
        size.pointee = bytes.count
        return memory
    }
}

/// `oddity_model_description` of `oddity.h`.
@_cdecl("oddity_model_description")
public func modelDescription(
    _ model: OpaquePointer?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    reporting(error, orReturn: nil) {
        copied(try description(of: try ModelHandle.model(model)))
    }
}
