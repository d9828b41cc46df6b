internal import COddityExif

/// Finds the orientation in EXIF data, through libexif.
enum ExifOrientation {
    /// The orientation that a JPEG file, or EXIF data with its mark, tells; up where it tells none.
    static func read(_ bytes: [UInt8]) -> ImageOrientation {
        guard let data = exif_data_new() else { return .up }
        defer { exif_data_unref(data) }
        // Nothing is to be added or fixed: the data is only read.
        exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION)
        exif_data_load_data(data, bytes, UInt32(clamping: bytes.count))
        let first = data.pointee.ifd.0
        guard first != nil,
            let entry = exif_content_get_entry(first, EXIF_TAG_ORIENTATION),
            entry.pointee.format == EXIF_FORMAT_SHORT, entry.pointee.size >= 2,
            let value = entry.pointee.data
        else { return .up }
        let number = exif_get_short(value, exif_data_get_byte_order(data))
        return ImageOrientation(rawValue: Int(number)) ?? .up
    }
}
