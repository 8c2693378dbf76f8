using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Specs.Tips;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Outcomes;

public sealed class OutcomeReaderSpecs
{
    private readonly InMemoryStreamTips _tips = new();
    private readonly CountingLog _log = new();
    private readonly OutcomeReader _reader;
    private readonly StreamId _stream = Rows.NewStream();
    private StreamTip? _tip;

    public OutcomeReaderSpecs() => _reader = new OutcomeReader(_tips, _log);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_commits_outcome_comes_from_the_tip_alone()
    {
        var outcome = Rows.Outcome(Rows.Event(_stream, 1), Guid.NewGuid());
        await CommitAsync(logged: false, outcome);

        Assert.Same(outcome, await _reader.FindAsync(_stream, outcome.CommandId, Ct));
        Assert.Equal(0, _log.Queries);
    }

    [Fact]
    public async Task An_outcome_that_the_ring_knows_comes_whole_from_the_log()
    {
        var outcome = Rows.Refusal(_stream, Guid.NewGuid(), Guid.NewGuid());
        await CommitAsync(logged: true, outcome);
        await CommitAsync(logged: false, Rows.Outcome(Rows.Event(_stream, 1)));

        Assert.Equal(outcome, await _reader.FindAsync(_stream, outcome.CommandId, Ct));
        Assert.Equal(1, _log.Queries);
    }

    [Fact]
    public async Task While_the_ring_has_lost_nothing_the_log_is_not_asked()
    {
        await CommitAsync(logged: true, Rows.Outcome(Rows.Event(_stream, 1)));

        Assert.Null(await _reader.FindAsync(_stream, Guid.NewGuid(), Ct));
        Assert.Null(await _reader.FindAsync(Rows.NewStream(), Guid.NewGuid(), Ct));
        Assert.Equal(0, _log.Queries);
    }

    [Fact]
    public async Task What_the_ring_has_lost_is_in_the_log()
    {
        var outcome = Rows.Outcome(Rows.Event(_stream, 1), Guid.NewGuid());
        await CommitAsync(logged: true, outcome);
        await CommitAsync(logged: true, [.. Enumerable.Range(2, OutcomeRing.Capacity).Select(version => Rows.Outcome(Rows.Event(_stream, version)))]);

        Assert.Equal(outcome, await _reader.FindAsync(_stream, outcome.CommandId, Ct));
        Assert.Null(await _reader.FindAsync(_stream, Guid.NewGuid(), Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(OutcomeRing.Capacity)]
    public async Task Key_of_another_request_is_found_in_the_tip_or_in_the_log(int commandsBetween)
    {
        var first = Rows.Outcome(Rows.Event(_stream, 1), Guid.NewGuid());
        await CommitAsync(logged: true, first);
        await CommitAsync(logged: true, [.. Enumerable.Range(2, commandsBetween).Select(version => Rows.Outcome(Rows.Event(_stream, version))), Rows.Outcome(Rows.Event(_stream, 99))]);

        var other = await PastAsync(Guid.NewGuid(), first.KeyId);
        var itself = await PastAsync(first.CommandId, first.KeyId);

        Assert.Equal((null, true), (other.Outcome, other.KeyIsTaken));
        Assert.Equal((first, false), (itself.Outcome, itself.KeyIsTaken));
    }

    [Fact]
    public async Task New_command_without_a_key_needs_no_log()
    {
        await CommitAsync(logged: true, [.. Enumerable.Range(1, OutcomeRing.Capacity + 1).Select(version => Rows.Outcome(Rows.Event(_stream, version)))]);

        var past = await _reader.FindAsync(_tip!, new OutcomeQuery(_stream, Guid.NewGuid(), KeyId: null), DateTimeOffset.MaxValue, Ct);

        Assert.Equal(new PastCommand(Outcome: null, Entry: null), past);
        Assert.Equal(0, _log.Queries);
    }

    [Fact]
    public async Task An_outcome_committed_between_the_two_reads_is_found()
    {
        await CommitAsync(logged: true, [.. Enumerable.Range(1, OutcomeRing.Capacity + 1).Select(version => Rows.Outcome(Rows.Event(_stream, version)))]);
        var late = Rows.Outcome(Rows.Event(_stream, 99), Guid.NewGuid());
        _log.BeforeQuery = () => CommitAsync(logged: false, late);
        Assert.Same(late, await _reader.FindAsync(_stream, late.CommandId, Ct));
    }

    private Task<PastCommand> PastAsync(Guid command, Guid? key) => _reader.FindAsync(_tip!, new OutcomeQuery(_stream, command, key), DateTimeOffset.UnixEpoch, Ct);

    private async Task CommitAsync(bool logged, params CommandOutcome[] outcomes)
    {
        var next = SomeTips.At(_stream, outcomes[^1].Version) with
        {
            Newest = new Commit([], outcomes),
            Ring = (_tip?.Ring ?? OutcomeRing.Empty).Push(outcomes),
        };
        if (_tip is not null) next = next with { Position = next.Position with { SequenceNumber = _tip.Position.SequenceNumber + "1" } };
        Assert.True(await _tips.CommitAsync(next, _tip, Ct));
        _tip = next;
        if (logged) await _log.Rows.AppendAsync([], outcomes, Ct);
    }

    private sealed class CountingLog : IOutcomeLog
    {
        public InMemoryEventLog Rows { get; } = new();

        public int Queries { get; private set; }

        public Func<Task>? BeforeQuery { get; set; }

        public async Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
        {
            Queries++;
            if (BeforeQuery is { } act) await act();
            return await Rows.FindOutcomesAsync(wanted, ct);
        }
    }
}
