using System.Globalization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

public class ExactNumberSpecs
{
    [Theory]
    [InlineData("100", "100")]
    [InlineData("100.00", "100")]
    [InlineData("1e2", "100")]
    [InlineData("1E+2", "100")]
    [InlineData("0.1e1", "1")]
    [InlineData("10000e-4", "1")]
    [InlineData("1.5e-1", "0.15")]
    [InlineData("-0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("0e9", "0")]
    [InlineData("-12.34", "-12.34")]
    [InlineData("10000.0000000000000000000000000000000000000000000", "10000")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Number_is_read_as_it_stands(string text, string value)
    {
        Assert.True(ExactNumber.TryParse(text, out var read));
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("10000.000000000000000000000000001")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1e-29")]
    [InlineData("1e-400")]
    [InlineData("1e400")]
    [InlineData("1e99999999999")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("79228162514264337593543950335.4")]
    public void Number_that_would_be_rounded_is_refused(string text) => Assert.False(ExactNumber.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("(1)")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e2.5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("\u0661")]
    [InlineData("--1")]
    public void Text_that_is_no_number_of_JSON_is_refused(string text) => Assert.False(ExactNumber.TryParse(text, out _));

    [Fact]
    public void Number_of_any_length_takes_no_time() => Assert.False(ExactNumber.TryParse(new string('1', 30_000), out _));
}
