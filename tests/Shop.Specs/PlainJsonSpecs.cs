using System.Text;
using System.Text.Json;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>
/// RFC 8259, section 7: exactly quotes, backslashes and U+0000 to U+001F must be escaped. SQS accepts neither U+FFFE
/// nor U+FFFF.
/// </summary>
public class PlainJsonSpecs
{
    [Fact]
    public void Every_character_takes_its_own_bytes_unless_JSON_must_escape_it()
    {
        for (var scalar = 0; scalar <= 0x10FFFF; scalar++)
        {
            if (!Rune.TryCreate(scalar, out var rune)) continue;
            // Alone and next to an escaped character, because the encoder has a path for each.
            Assert.Equal(Expected(rune), Written(rune.ToString()));
            Assert.Equal($"\\\"{Expected(rune)}", Written($"\"{rune}"));
            Assert.Equal(Expected(rune), JsonEncodedText.Encode(Encoding.UTF8.GetBytes(rune.ToString()), PlainJson.Encoder).ToString());
        }
    }

    [Fact]
    public void A_surrogate_without_its_partner_is_replaced()
    {
        // Built in code, because an attribute stores its texts as UTF-8, which cannot represent it.
        Assert.Equal("\ufffd", Written("\ud800"));
        Assert.Equal("a\ufffd\\\"", Written("a\udc00\""));
        Assert.Equal("\\\"\ufffd", Written("\"\ud83d"));
        Assert.Equal("😀\ufffd\ufffd😀", Written("😀\ud83d\ud83d😀"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain <b>&'+`é日😀\u2028\u00a0\ue000\ufffd\ufffe\uffff")]
    [InlineData("\"\\\n\r\t\b\f\u0000\u001f\u007f")]
    public void The_bytes_of_a_text_are_told_without_writing_it(string text)
    {
        Assert.Equal(Encoding.UTF8.GetByteCount(Written(text)), PlainJson.BytesOf(text));
        Assert.Equal(PlainJson.BytesOf(text), PlainJson.BytesOf(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_message_is_written_with_its_characters_as_they_are()
    {
        var revised = new ProductDetailsRevised("<Größe> & 'Ü' 😀", null, null, new Dictionary<string, string?> { ["<ключ>"] = "+1" });

        Assert.Equal("""{"name":"<Größe> & 'Ü' 😀","description":null,"category":null,"specifications":{"<ключ>":"+1"}}""", ShopContracts.Events.Write(revised));
    }

    [Fact]
    public void A_message_that_was_stored_with_escapes_reads_the_same()
    {
        const string stored = """{"name":"\u003CLamp\u003E \uD83D\uDE00","description":null,"category":null,"specifications":null}""";

        Assert.Equal(new ProductDetailsRevised("<Lamp> 😀", null, null, null), ShopContracts.Events.Read("ProductDetailsRevised", 1, stored));
    }

    private static string Expected(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or 0xFFFE or 0xFFFF => $"\\u{rune.Value:x4}",
        _ => rune.ToString(),
    };

    private static string Written(string text)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing)) json.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.ToArray())[1..^1];
    }
}
