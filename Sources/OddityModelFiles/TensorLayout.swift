/// One tensor's entry in the header, not yet trusted.
struct TensorLayout {
    var name: String
    var elementTypeName: String
    var shape: [Int]
    /// Where the bytes begin and end, counted from the start of the data section.
    var begin: Int
    var end: Int

    /// The product of a shape, with checked arithmetic.
    static func elementCount(of name: String, shape: [Int]) throws(ModelFileError) -> Int {
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflow else {
                throw ModelFileError(
                    .invalidShape,
                    "tensor \(ModelFileError.quoted(name)) has a negative or impossibly large "
                        + "shape; \(damaged)"
                )
            }
            count = product
        }
        return count
    }

    /// The element type, once it is known to be one of ours.
    func elementType() throws(ModelFileError) -> TensorElementType {
        guard let type = TensorElementType(rawValue: elementTypeName) else {
            let known = TensorElementType.allCases.map(\.rawValue).joined(separator: ", ")
            throw ModelFileError(
                .unknownElementType,
                "tensor \(ModelFileError.quoted(name)) has element type "
                    + "\(ModelFileError.quoted(elementTypeName)); models use \(known) only"
            )
        }
        return type
    }

    /// Checks one entry by itself; returns its element type and count.
    func checked() throws(ModelFileError) -> (type: TensorElementType, count: Int) {
        guard !name.isEmpty else {
            throw ModelFileError(
                .malformedHeader,
                "a tensor of the header has no name; \(Self.damaged)"
            )
        }
        let type = try elementType()
        let count = try Self.elementCount(of: name, shape: shape)
        guard begin >= 0, begin <= end else {
            throw ModelFileError(
                .offsetsOutOfRange,
                "tensor \(ModelFileError.quoted(name)) ends (\(end)) before it begins (\(begin)); "
                    + Self.damaged
            )
        }
        let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
        guard !overflow else {
            throw ModelFileError(
                .invalidShape,
                "tensor \(ModelFileError.quoted(name)) has an impossibly large shape; "
                    + Self.damaged
            )
        }
        guard size == end - begin else {
            throw ModelFileError(
                .sizeMismatch,
                "tensor \(ModelFileError.quoted(name)) takes \(end - begin) bytes, but its shape "
                    + "\(shape) of \(type.rawValue) needs \(size); \(Self.damaged)"
            )
        }
        return (type, count)
    }

    static let damaged = "the file is damaged, so copy it again or make the model anew"
}

extension [TensorLayout] {
    /// Puts the entries in the order of their bytes and checks that they fill the data section.
    ///
    /// Nothing is allocated by a number from the file before this has passed.
    func checkedInOrder(dataSize: Int) throws(ModelFileError) -> [TensorLayout] {
        for layout in self {
            _ = try layout.checked()
        }
        let ordered = enumerated().sorted {
            ($0.element.begin, $0.element.end, $0.offset)
                < ($1.element.begin, $1.element.end, $1.offset)
        }.map(\.element)

        var position = 0
        for layout in ordered {
            let name = ModelFileError.quoted(layout.name)
            if layout.begin < position {
                throw ModelFileError(
                    .overlappingTensors,
                    "tensor \(name) begins at byte \(layout.begin), inside the one before it; "
                        + TensorLayout.damaged
                )
            }
            if layout.begin > dataSize {
                throw ModelFileError(
                    .offsetsOutOfRange,
                    "tensor \(name) begins at byte \(layout.begin), but the data has \(dataSize) "
                        + "bytes; \(TensorLayout.damaged)"
                )
            }
            if layout.begin > position {
                throw ModelFileError(
                    .hole,
                    "bytes \(position) to \(layout.begin) of the data belong to no tensor; "
                        + TensorLayout.damaged
                )
            }
            if layout.end > dataSize {
                throw ModelFileError(
                    .truncatedData,
                    "tensor \(name) needs data up to byte \(layout.end), but the file ends at "
                        + "\(dataSize); copy it again, completely"
                )
            }
            position = layout.end
        }
        if position < dataSize {
            throw ModelFileError(
                .trailingBytes,
                "\(dataSize - position) bytes follow the last tensor; \(TensorLayout.damaged)"
            )
        }
        return ordered
    }
}
