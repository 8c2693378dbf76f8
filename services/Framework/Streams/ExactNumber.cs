using System.Buffers;
using System.Globalization;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Reads amounts without rounding. It accepts the numbers of JSON (RFC 8259, section 6): <c>100</c>, <c>100.00</c> and
/// <c>1e2</c> are the same amount. <see cref="decimal"/> rounds numbers with more than 28 digits, so it would read
/// 10000.000000000000000000000000001 as 10000. This class refuses such numbers.
/// </summary>
public static class ExactNumber
{
    /// <summary>No amount needs more characters, and longer numbers would only cost time.</summary>
    private const int MaxLength = 100;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Returns true if the text is such a number and a decimal can hold its exact value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        if (text.Length > MaxLength || !TrySplit(text, out var whole, out var fraction, out var exponent)) return false;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)) return false;
        return Normalize(whole, fraction, exponent) == Normalize(value);
    }

    /// <summary>Splits a number into the digits before and after the point, and the exponent.</summary>
    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> whole, out ReadOnlySpan<char> fraction, out int exponent)
    {
        fraction = [];
        exponent = 0;
        if (text.StartsWith('-')) text = text[1..];
        var mark = text.IndexOfAny('e', 'E');
        var number = mark < 0 ? text : text[..mark];
        var point = number.IndexOf('.');
        whole = point < 0 ? number : number[..point];
        if (point >= 0) fraction = number[(point + 1)..];
        return IsDigits(whole) && (whole.Length == 1 || whole[0] != '0') && (point < 0 || IsDigits(fraction)) && (mark < 0 || TryReadExponent(text[(mark + 1)..], out exponent));
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        return IsDigits(text.StartsWith('+') || text.StartsWith('-') ? text[1..] : text)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Digits);

    /// <summary>Returns the digits without zeros at either end, and the power of ten of the last digit.</summary>
    private static (string Digits, long Power) Normalize(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int exponent)
    {
        var all = string.Concat(whole, fraction);
        var digits = all.TrimEnd('0');
        var power = (long)exponent - fraction.Length + all.Length - digits.Length;
        digits = digits.TrimStart('0');
        return digits.Length == 0 ? ("", 0) : (digits, power);
    }

    private static (string Digits, long Power) Normalize(decimal value)
    {
        TrySplit(value.ToString(CultureInfo.InvariantCulture), out var whole, out var fraction, out _);
        return Normalize(whole, fraction, 0);
    }
}
