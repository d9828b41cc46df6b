/// A kind of file that is no table of text, told by its first bytes, with the way to one.
enum ForeignFormat: CaseIterable {
    case parquet, arrow, orc, avro, workbook, oldWorkbook, openDocument, zip, numpy, numpyArchive,
        sqlite, pickle
    case hdf, matlab, compressed, xz, bzip2, lz4, sevenZip, rar, tar, pdf, html, xml, png, jpeg

    /// How many bytes ``init(_:)`` wants to see; the mark of tar archives lies at 257.
    static let prefixSize = 512

    init?(_ prefix: some Collection<UInt8>) {
        let bytes = Array(prefix.prefix(Self.prefixSize))
        guard let found = Self.allCases.first(where: { $0.begins(bytes) }) else { return nil }
        self = found
    }

    private func begins(_ bytes: [UInt8]) -> Bool {
        func starts(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }
        func contains(_ text: String) -> Bool {
            let wanted = Array(text.utf8)
            guard bytes.count >= wanted.count else { return false }
            return (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
        }
        switch self {
        case .parquet: return starts("PAR1")
        case .arrow: return starts("ARROW1") || starts("FEA1")
        case .orc: return starts("ORC") && bytes.count > 3 && bytes[3] < 0x20
        case .avro: return starts("Obj\u{1}")
        case .workbook:
            return starts("PK\u{3}\u{4}") && (contains("[Content_Types].xml") || contains("xl/"))
        case .openDocument: return starts("PK\u{3}\u{4}") && contains("opendocument")
        case .numpyArchive: return starts("PK\u{3}\u{4}") && contains(".npy")
        case .zip: return starts("PK\u{3}\u{4}") || starts("PK\u{5}\u{6}")
        case .oldWorkbook: return bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
        case .numpy: return bytes.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59])
        case .sqlite: return starts("SQLite format 3")
        case .pickle: return bytes.count > 2 && bytes[0] == 0x80 && 2...5 ~= bytes[1]
        case .hdf: return bytes.starts(with: [0x89, 0x48, 0x44, 0x46])
        case .matlab: return starts("MATLAB 5.0")
        case .compressed: return Compression(bytes) != nil
        case .xz: return bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
        case .bzip2: return starts("BZh") && bytes.count > 4 && bytes[4] == 0x31
        case .lz4: return bytes.starts(with: [0x04, 0x22, 0x4D, 0x18])
        case .sevenZip: return bytes.starts(with: [0x37, 0x7A, 0xBC, 0xAF])
        case .rar: return starts("Rar!")
        case .tar: return bytes.count > 262 && bytes[257...].starts(with: Array("ustar".utf8))
        case .pdf: return starts("%PDF-")
        case .html:
            return ["<!doctype html", "<html"].contains {
                lowered(bytes).starts(with: Array($0.utf8))
            }
        case .xml: return starts("<?xml")
        case .png: return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
        case .jpeg: return bytes.starts(with: [0xFF, 0xD8, 0xFF])
        }
    }

    private func lowered(_ bytes: [UInt8]) -> [UInt8] {
        bytes.drop { $0 <= 0x20 }.prefix(20).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    }

    /// What the file is, and the pipe that makes rows of it.
    ///
    /// - Parameter isOtherAsked: whether the caller named the format of a text.
    func problem(_ path: String, isOtherAsked: Bool) -> DatasetError {
        let file = path == "-" ? "FILE" : path
        let (name, way): (String, String) =
            switch self {
            case .parquet: ("a Parquet file", duckdb(file))
            case .arrow: ("an Arrow or Feather file", python("read_feather", file))
            case .orc: ("an ORC file", python("read_orc", file))
            case .avro:
                (
                    "an Avro file",
                    "convert it to CSV or JSON lines: avro-tools tojson '\(file)' | oddity … -"
                )
            case .workbook:
                ("an Excel workbook", "save the sheet as CSV, or " + python("read_excel", file))
            case .oldWorkbook:
                (
                    "an old Excel workbook or another Office file",
                    "save the sheet as CSV, or " + python("read_excel", file)
                )
            case .openDocument:
                ("an OpenDocument file", "save the sheet as CSV, or " + python("read_excel", file))
            case .zip: ("a zip archive", "unpack it on the way: unzip -p '\(file)' | oddity … -")
            case .numpy, .numpyArchive:
                (
                    "an array of NumPy",
                    isOtherAsked
                        ? "name another format, or none"
                        : "give it as a file, not through a pipe, with an array of one or two dimensions"
                )
            case .sqlite:
                (
                    "an SQLite database",
                    isOtherAsked
                        ? "name another format, or none"
                        : "give it as a file, not compressed and not through a pipe: 'FILE?table=NAME'"
                )
            case .pickle:
                (
                    "a pickle of Python",
                    "write it as CSV from Python: " + python("read_pickle", file)
                )
            case .hdf: ("an HDF5 file", python("read_hdf", file))
            case .matlab: ("a MATLAB file", "write the matrix as CSV: writematrix(X, 'x.csv')")
            case .compressed:
                (
                    "compressed twice",
                    "unpack it once on the way: gzip -dc '\(file)' | oddity … - (or zstd -dc)"
                )
            case .xz: ("compressed by xz", "unpack it on the way: xz -dc '\(file)' | oddity … -")
            case .bzip2:
                ("compressed by bzip2", "unpack it on the way: bzip2 -dc '\(file)' | oddity … -")
            case .lz4: ("compressed by lz4", "unpack it on the way: lz4 -dc '\(file)' | oddity … -")
            case .sevenZip:
                ("a 7z archive", "unpack it on the way: 7z x -so '\(file)' | oddity … -")
            case .rar: ("a RAR archive", "unpack it first")
            case .tar: ("a tar archive", "unpack it on the way: tar -xOf '\(file)' | oddity … -")
            case .pdf: ("a PDF document", "give the table behind it as CSV")
            case .html:
                ("an HTML page", "give the table behind it as CSV; a download may have failed")
            case .xml: ("an XML document", "give its rows as CSV or JSON lines")
            case .png, .jpeg: ("an image", "give it to a model of images, or rows as CSV here")
            }
        return DatasetError(
            .otherFormat,
            "this is \(name), and not a table of text; \(way)",
            at: DataLocation(file: path)
        )
    }

    private func duckdb(_ file: String) -> String {
        "pipe its rows in: duckdb -csv -c \"FROM '\(file)'\" | oddity … -"
    }

    private func python(_ reader: String, _ file: String) -> String {
        "pipe its rows in: python3 -c \"import pandas; print(pandas.\(reader)('\(file)').to_csv(index=False))\""
            + " | oddity … -"
    }
}
