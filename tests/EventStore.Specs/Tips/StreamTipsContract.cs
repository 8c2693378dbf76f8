using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Tips;

/// <summary>The guarantees of all tips, in memory or in DynamoDB. Streams are new in every test.</summary>
public abstract class StreamTipsContract
{
    protected abstract IStreamTips Tips { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tip_is_read_as_it_was_committed()
    {
        var tip = SomeTips.At(Rows.NewStream(), 3);
        Assert.True(await Tips.CommitAsync(tip, null, Ct));

        AssertSame(tip, await Tips.FindAsync(tip.Stream, Ct));
    }

    [Fact]
    public async Task A_stream_never_committed_to_has_no_tip()
    {
        Assert.Null(await Tips.FindAsync(Rows.NewStream(), Ct));
        Assert.Empty(await Tips.LoadAsync([Rows.NewStream(), Rows.NewStream()], Ct));
        Assert.Empty(await Tips.LoadAsync([], Ct));
    }

    [Fact]
    public async Task A_commit_needs_the_tip_that_was_read()
    {
        var first = SomeTips.At(Rows.NewStream(), 1);
        var second = SomeTips.At(first.Stream, 2);
        await Tips.CommitAsync(first, null, Ct);
        await Tips.CommitAsync(second, first, Ct);

        Assert.False(await Tips.CommitAsync(SomeTips.At(first.Stream, 1).FurtherOn(), null, Ct), "created again");
        Assert.False(await Tips.CommitAsync(SomeTips.At(first.Stream, 3), first, Ct), "after an older version");
        Assert.False(await Tips.CommitAsync(SomeTips.At(first.Stream, 3), second.FurtherOn(), Ct), "after another place in the source");
        Assert.False(await Tips.CommitAsync(SomeTips.At(first.Stream, 3), second with { Position = second.Position with { Source = "another" } }, Ct), "after another source");
        Assert.False(await Tips.CommitAsync(SomeTips.At(Rows.NewStream(), 3), second, Ct), "on a stream without a tip");
        AssertSame(second, await Tips.FindAsync(first.Stream, Ct));
    }

    [Fact]
    public async Task A_commit_of_refusals_alone_leaves_the_version_and_moves_the_position()
    {
        var first = SomeTips.At(Rows.NewStream(), 1);
        var refusals = first.FurtherOn() with { Newest = new Commit([], [Rows.Refusal(first.Stream, Guid.NewGuid(), null)]) };
        await Tips.CommitAsync(first, null, Ct);

        Assert.True(await Tips.CommitAsync(refusals, first, Ct));
        Assert.False(await Tips.CommitAsync(SomeTips.At(first.Stream, 2), first, Ct));
    }

    [Fact]
    public async Task Commit_that_takes_parked_records_alone_needs_their_number_as_it_was_read()
    {
        var first = SomeTips.At(Rows.NewStream(), 1) with { Parked = [SomeTips.Parked(1), SomeTips.Parked(2)] };
        await Tips.CommitAsync(first, null, Ct);
        var read = (await Tips.FindAsync(first.Stream, Ct))!;

        Assert.True(await Tips.CommitAsync(read with { Parked = [read.Parked[1]] }, read, Ct));
        Assert.False(await Tips.CommitAsync(read with { Parked = [], IsResumed = true }, read, Ct), "after a commit at the same place");
        var left = (await Tips.FindAsync(first.Stream, Ct))!;
        Assert.True(await Tips.CommitAsync(left with { Parked = [] }, left, Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_writers_that_read_the_same_tip_one_commits(bool exists)
    {
        var stream = Rows.NewStream();
        var read = exists ? SomeTips.At(stream, 1) : null;
        if (read is not null) await Tips.CommitAsync(read, null, Ct);

        var candidates = Enumerable.Range(0, 8).Select(_ => SomeTips.At(stream, 2)).ToList();
        var committed = await Task.WhenAll(candidates.Select(next => Task.Run(() => Tips.CommitAsync(next, read, Ct))));

        Assert.Single(committed, won => won);
        AssertSame(candidates[Array.IndexOf(committed, true)], await Tips.FindAsync(stream, Ct));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_to_be_ones_own()
    {
        var first = SomeTips.At(Rows.NewStream(), 1);
        var second = SomeTips.At(first.Stream, 2);

        Assert.True(await Tips.CommitAsync(first, null, Ct));
        Assert.True(await Tips.CommitAsync(first, null, Ct));
        Assert.True(await Tips.CommitAsync(second, first, Ct));
        Assert.True(await Tips.CommitAsync(second, first, Ct));
    }

    [Fact]
    public async Task Two_hundred_and_fifty_tips_are_loaded_in_one_call()
    {
        var tips = Enumerable.Range(0, 250).Select(_ => SomeTips.At(Rows.NewStream(), 1)).ToList();
        await Parallel.ForEachAsync(tips, Ct, async (tip, ct) => Assert.True(await Tips.CommitAsync(tip, null, ct)));

        var loaded = await Tips.LoadAsync([.. tips.Select(tip => tip.Stream), tips[0].Stream, Rows.NewStream()], Ct);

        Assert.Equal(250, loaded.Count);
        Assert.All(tips, tip => Assert.Equal(tip.State, loaded[tip.Stream].State));
    }

    [Fact]
    public async Task Loading_goes_on_beyond_what_one_answer_holds()
    {
        // 100 incompressible tips of 200 KB: DynamoDB returns at most 16 MB at once and leaves the rest unprocessed.
        var tips = Enumerable.Range(0, 100).Select(_ => SomeTips.At(Rows.NewStream(), 1, data: Noise(200_000))).ToList();
        foreach (var tip in tips) await Tips.CommitAsync(tip, null, Ct);

        Assert.Equal(100, (await Tips.LoadAsync([.. tips.Select(tip => tip.Stream)], Ct)).Count);
    }

    [Fact]
    public async Task A_commit_of_100_KB_fits()
    {
        var tip = SomeTips.At(Rows.NewStream(), 200, events: 100, data: Noise(1_000));

        Assert.True(await Tips.CommitAsync(tip, null, Ct));
        AssertSame(tip, await Tips.FindAsync(tip.Stream, Ct));
    }

    [Fact]
    public async Task A_scan_gives_every_tip_once()
    {
        var tips = Enumerable.Range(0, 20).Select(_ => SomeTips.At(Rows.NewStream("scanned"), 1)).ToList();
        foreach (var tip in tips) await Tips.CommitAsync(tip, null, Ct);

        var scanned = new List<StreamId>();
        await foreach (var tip in Tips.ScanAsync(Ct))
            if (tip.Stream.Category == "scanned") scanned.Add(tip.Stream);

        Assert.Equal(scanned.Count, scanned.Distinct().Count());
        Assert.Subset(scanned.ToHashSet(), tips.Select(tip => tip.Stream).ToHashSet());
    }

    /// <summary>
    /// Returns an event's JSON of about this many bytes, which compression shrinks by a quarter at most.
    /// </summary>
    protected static string Noise(int length)
    {
        var bytes = new byte[length * 3 / 4];
        new Random(length).NextBytes(bytes);
        return $$$"""{"old":{"amount":1,"currency":"USD"},"new":{"amount":2,"currency":"USD"},"noise":"{{{Convert.ToBase64String(bytes)}}}"}""";
    }

    // The body's own specs check that its bytes contain every field.
    private static void AssertSame(StreamTip expected, StreamTip? found)
    {
        Assert.NotNull(found);
        Assert.Equal((expected.Stream, expected.Version, expected.Position), (found.Stream, found.Version, found.Position));
        Assert.Equal(TipBody.Write(expected), TipBody.Write(found));
    }
}
