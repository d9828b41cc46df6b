public import COddityInterface

/// `oddity_arrow_import` of `oddity.h`.
@_cdecl("oddity_arrow_import")
public func arrowImport(
    _ schema: UnsafePointer<ArrowSchema>?,
    _ batch: UnsafePointer<ArrowArray>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        guard let schema = schema?.pointee, let batch = batch?.pointee else {
            throw InvalidArgument("the schema or the batch of Arrow is NULL; give both")
        }
        return exported(try ArrowTable(schema, batch))
    }
}

/// `oddity_arrow_next` of `oddity.h`.
@_cdecl("oddity_arrow_next")
public func arrowNext(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) { try ArrowStream(stream).next().map(exported) }
}

/// `oddity_arrow_read` of `oddity.h`.
@_cdecl("oddity_arrow_read")
public func arrowRead(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) { exported(try ArrowStream(stream).rest()) }
}

private func exported(_ table: ArrowTable) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(table).toOpaque())
}

/// `oddity_arrow_table` of `oddity.h`.
@_cdecl("oddity_arrow_table")
public func arrowTable(_ arrow: OpaquePointer?) -> UnsafePointer<oddity_table>? {
    guard let arrow else { return nil }
    return Unmanaged<ArrowTable>.fromOpaque(UnsafeRawPointer(arrow)).takeUnretainedValue().table
}

/// `oddity_arrow_free` of `oddity.h`.
@_cdecl("oddity_arrow_free")
public func arrowFree(_ arrow: OpaquePointer?) {
    guard let arrow else { return }
    Unmanaged<ArrowTable>.fromOpaque(UnsafeRawPointer(arrow)).release()
}
