internal import OddityFiles

extension ArrayFile {
    /// Bytes of numbers that are put in order at a time.
    private static let blockSize = 128 << 20

    /// The array with its last dimension varying fastest, in a temporary file.
    ///
    /// Read once for every 128 MB of numbers, with memory for as many.
    func inRowOrder(options: ArrayReadingOptions) throws -> ArrayFile {
        guard header.shape.count > 1, let count = header.shape.first, count > 0 else { return self }
        let lengths = Array(header.shape.dropFirst())
        let entrySize = lengths.reduce(1, *)
        let width = header.element.byteCount
        var result = header
        (result.isFortranOrder, result.dataOffset) = (false, 0)
        try Self.checkDiskUse(result.totalSize(), options)
        let copy = try ScratchFile()
        guard entrySize > 0 else {
            return ArrayFile(header: result, bytes: .file(try copy.reading(as: bytes.path)))
        }
        let perBlock = max(1, min(count, Self.blockSize / (entrySize * width)))
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: perBlock * entrySize * width,
            alignment: 64
        )
        defer { block.deallocate() }
        // A column holds one position of all entries of the first dimension.
        let columnSize = count * width
        let columnsAtOnce = max(1, min(entrySize, (4 << 20) / columnSize))
        let columns = UnsafeMutableRawBufferPointer.allocate(
            byteCount: columnsAtOnce * columnSize,
            alignment: 64
        )
        defer { columns.deallocate() }
        for start in stride(from: 0, to: count, by: perBlock) {
            let entries = start..<min(start + perBlock, count)
            for first in stride(from: 0, to: entrySize, by: columnsAtOnce) {
                let group = first..<min(first + columnsAtOnce, entrySize)
                try read(
                    into: .init(rebasing: columns[..<(group.count * columnSize)]),
                    at: first * columnSize
                )
                for column in group {
                    let target = Self.rowOrder(of: column, lengths) * width
                    let source = (column - first) * columnSize
                    for entry in entries {
                        let from = source + entry * width
                        let to = (entry - start) * entrySize * width + target
                        for byte in 0..<width { block[to + byte] = columns[from + byte] }
                    }
                }
            }
            let used = entries.count * entrySize * width
            try copy.append(UnsafeRawBufferPointer(rebasing: block[..<used]))
        }
        return ArrayFile(header: result, bytes: .file(try copy.reading(as: bytes.path)))
    }

    /// The position, last dimension fastest, of what stands at `position` with the first fastest.
    private static func rowOrder(of position: Int, _ lengths: [Int]) -> Int {
        var (rest, result, step) = (position, 0, lengths.reduce(1, *))
        for length in lengths {
            step /= length
            result += rest % length * step
            rest /= length
        }
        return result
    }
}
