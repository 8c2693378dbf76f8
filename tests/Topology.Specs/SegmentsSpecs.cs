namespace ServerlessCqrs.Topology.Specs;

public sealed class SegmentsSpecs
{
    /// <summary>
    /// FNV's own test vectors (0x811c9dc5 for an empty text, which is not a segment): a = 0xe40c292c, b = 0xe70c2de5,
    /// foo = 0xa9f37ed7, foobar = 0xbf9cf968. CloudFront's function is compared with the same values.
    /// </summary>
    [Theory]
    [InlineData("a", 20)]
    [InlineData("b", 77)]
    [InlineData("foo", 23)]
    [InlineData("foobar", 20)]
    public void A_segment_is_in_the_bucket_of_its_hash(string segment, int bucket) => Assert.Equal(bucket, Segments.BucketOf(segment));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Müller")]
    [InlineData("a\tb")]
    [InlineData("a\u007f")]
    public void What_is_no_segment_is_in_no_bucket(string? text) => Assert.Null(Segments.BucketOf(text));

    [Fact]
    public void A_segment_has_64_characters_at_most()
    {
        Assert.NotNull(Segments.BucketOf(new string('a', 64)));
        Assert.Null(Segments.BucketOf(new string('a', 65)));
    }

    [Fact]
    public void Segments_spread_over_all_buckets_evenly()
    {
        var buckets = Enumerable.Range(0, 100_000).CountBy(number => Segments.BucketOf($"session-{number}")!.Value).ToDictionary();
        Assert.Equal(Enumerable.Range(0, Segments.Buckets), buckets.Keys.Order());
        // A thousand each, within five standard deviations.
        Assert.All(buckets.Values, count => Assert.InRange(count, 840, 1160));
    }
}
