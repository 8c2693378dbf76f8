using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

public class UuidSpecs
{
    [Fact]
    public void Id_has_one_spelling()
    {
        Assert.True(Uuid.TryParse("6579c22f-be2b-444c-a52b-0116dd82df6c", out var id));
        Assert.Equal(new Guid("6579c22f-be2b-444c-a52b-0116dd82df6c"), id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("6579C22F-BE2B-444C-A52B-0116DD82DF6C")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6C")]
    [InlineData("6579c22fbe2b444ca52b0116dd82df6c")]
    [InlineData("{6579c22f-be2b-444c-a52b-0116dd82df6c}")]
    [InlineData("(6579c22f-be2b-444c-a52b-0116dd82df6c)")]
    [InlineData("urn:uuid:6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData(" 6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c ")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c\0")]
    [InlineData("+579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("0x79c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c0")]
    public void Other_spelling_is_no_id(string? text) => Assert.False(Uuid.TryParse(text, out _));
}
