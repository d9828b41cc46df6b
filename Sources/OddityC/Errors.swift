internal import OddityDetectors
internal import OddityFailures
internal import OddityPlatform

/// `oddity_abi_version` of `oddity.h`.
@_cdecl("oddity_abi_version")
public func abiVersion() -> Int32 { 3 }

/// Never freed: programs may keep it.
nonisolated(unsafe) private let release = UnsafePointer(copied(oddityProducer))

/// `oddity_version` of `oddity.h`.
@_cdecl("oddity_version")
public func version() -> UnsafePointer<CChar> { release }

/// `oddity_free` of `oddity.h`.
@_cdecl("oddity_free")
public func freeMemory(_ memory: UnsafeMutableRawPointer?) { free(memory) }

/// `oddity_error_message` of `oddity.h`.
@_cdecl("oddity_error_message")
public func errorMessage(_ error: OpaquePointer?) -> UnsafePointer<CChar>? {
    error.map { UnsafePointer(ErrorHandle.of($0).message) }
}

/// `oddity_error_code` of `oddity.h`.
@_cdecl("oddity_error_code")
public func errorCode(_ error: OpaquePointer?) -> UnsafePointer<CChar>? {
    error.map { UnsafePointer(ErrorHandle.of($0).code) }
}

/// `oddity_error_blame` of `oddity.h`.
@_cdecl("oddity_error_blame")
public func errorBlame(_ error: OpaquePointer?) -> Int32 {
    guard let error else { return 0 }
    return switch ErrorHandle.of(error).blame {
    case .caller: 1
    case .data: 2
    case .system: 3
    }
}

/// `oddity_error_free` of `oddity.h`.
@_cdecl("oddity_error_free")
public func errorFree(_ error: OpaquePointer?) {
    guard let error else { return }
    Unmanaged<ErrorHandle>.fromOpaque(UnsafeRawPointer(error)).release()
}
