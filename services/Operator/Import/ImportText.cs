using System.Text;
using System.Text.Unicode;
using ServerlessCqrs.Operating;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Opens a file to import after a check that every line is UTF-8 text. A decoder would replace invalid bytes, and a
/// YAML reader treats U+0085, U+2028 and U+2029 as line ends. Both would change the input silently.
/// </summary>
internal static class ImportText
{
    private const char ByteOrderMark = '\uFEFF';

    /// <exception cref="OperatorException">The file cannot be read twice, or a line is not UTF-8 text.</exception>
    public static System.IO.StreamReader Open(string file)
    {
        try
        {
            Check(file);
            return new System.IO.StreamReader(file, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OperatorException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static void Check(string file)
    {
        using (var stream = File.OpenRead(file))
            if (!stream.CanSeek) throw new OperatorException($"{file} is not a regular file. Import reads its file twice, so save the text to a file first.");

        // Latin-1 preserves each byte. The reader counts lines as YAML does.
        using var lines = new System.IO.StreamReader(file, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var number = 1L; lines.ReadLine() is { } line; number++)
        {
            if (FaultOf(Encoding.Latin1.GetBytes(line), isFirst: number == 1) is { } fault)
                throw new OperatorException($"{file}, line {number}: {fault} Nothing was imported.", inner: null, ExitCodes.NotGood);
        }
    }

    private static string? FaultOf(byte[] line, bool isFirst)
    {
        if (!Utf8.IsValid(line)) return "the text is not UTF-8: save the file as UTF-8.";
        var text = Encoding.UTF8.GetString(line).AsSpan();
        if (isFirst && text is [ByteOrderMark, ..]) text = text[1..];
        foreach (var c in text)
            if ((char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029' or ByteOrderMark) return $"it contains the invisible character U+{(int)c:X4}: remove it.";
        return null;
    }
}
