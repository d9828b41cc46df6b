internal import COddityInterface
internal import OddityFailures

/// Record batches of Arrow, one after the other.
struct ArrowStream {
    private let stream: UnsafeMutablePointer<ArrowArrayStream>
    private let schema: ArrowSchemaHolder

    /// - Throws: ``ArrowStreamFailure`` where the stream cannot tell what it holds.
    init(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) throws {
        guard let stream, stream.pointee.release != nil else {
            throw InvalidArgument("the stream of Arrow is NULL or released; give one")
        }
        var schema = ArrowSchema()
        guard let get = stream.pointee.get_schema, get(stream, &schema) == 0 else {
            throw ArrowStreamFailure(stream)
        }
        (self.stream, self.schema) = (stream, ArrowSchemaHolder(schema))
    }

    /// The next batch; nil at the end.
    ///
    /// - Throws: ``ArrowStreamFailure`` where it cannot be had, ``InvalidArgument`` for types that cannot be used.
    func next() throws -> ArrowTable? {
        var array = ArrowArray()
        guard let get = stream.pointee.get_next, get(stream, &array) == 0 else {
            throw ArrowStreamFailure(stream)
        }
        guard array.release != nil else { return nil }
        let batch = ArrowBatch(array)
        return try withExtendedLifetime(schema) {
            try ArrowTable(schema.schema, array, owner: batch)
        }
    }

    /// All batches that are left, as one table.
    ///
    /// - Throws: as ``next()``.
    func rest() throws -> ArrowTable {
        var batches: [ArrowTable] = []
        while let batch = try next() { batches.append(batch) }
        if batches.count == 1 { return batches[0] }
        return try batches.isEmpty ? empty() : ArrowTable(joining: batches)
    }

    /// The columns without rows.
    private func empty() throws -> ArrowTable {
        try withExtendedLifetime(schema) { try Self.empty(schema.schema) }
    }

    private static func empty(_ schema: ArrowSchema) throws -> ArrowTable {
        guard let format = schema.format, String(cString: format) == "+s" else {
            throw InvalidArgument("the stream is none of structs; give one of record batches")
        }
        let memory = ArrowMemory()
        let columns = (0..<Int(schema.n_children)).map { index in
            let name = schema.children?[index]?.pointee.name.map { String(cString: $0) } ?? ""
            var column = oddity_column()
            column.name = memory.copy(Array(name.utf8CString))
            column.type = Int32(ODDITY_FLOAT64)
            return column
        }
        return ArrowTable(columns, rowCount: 0, in: memory)
    }
}

/// A batch of a stream, which is released in the end.
final class ArrowBatch {
    private var array: ArrowArray

    init(_ array: ArrowArray) { self.array = array }

    deinit { array.release?(&array) }
}

/// The types of a stream, which are released in the end.
private final class ArrowSchemaHolder {
    private(set) var schema: ArrowSchema

    init(_ schema: ArrowSchema) { self.schema = schema }

    deinit { schema.release?(&schema) }
}

/// A stream that could not go on.
struct ArrowStreamFailure: Failure {
    let description: String
    var blame: Blame { .data }

    init(_ stream: UnsafeMutablePointer<ArrowArrayStream>) {
        let reason = stream.pointee.get_last_error?(stream).map { String(cString: $0) }
        description =
            "the stream of Arrow failed: \(printable(reason ?? "it does not say why", limit: 400))"
    }
}
