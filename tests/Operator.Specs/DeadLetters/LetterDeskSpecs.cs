using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Operating.DeadLetters;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.DeadLetters;

public sealed class LetterDeskSpecs
{
    private readonly LetterBox _box = new("events-to-read-models");
    private readonly LetterBox _mails = new("events-to-mail");
    private readonly InMemoryOperations _journal = new();
    private readonly InstantTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LetterDesk Desk => new([_box, _mails], _journal, "anna", _time);

    [Trait("Guarantee", "repair: a redrive that is killed again and again loses no letter")]
    [Fact]
    public async Task Redrive_of_a_thousand_letters_that_is_killed_repeatedly_loses_none()
    {
        var random = new Random(5);
        foreach (var (stream, version) in Enumerable.Range(0, 1000).Select(i => (i % 90, 1 + i / 90)).OrderBy(_ => random.Next())) _box.Put(Of(stream), version);

        var kills = 0;
        for (var isDone = false; !isDone; kills++)
        {
            // The process crashes during a call, which may or may not be done.
            _box.DiesAfter = 1 + random.Next(900);
            try
            {
                await Desk.RedriveAsync(new LetterFilter(), Ct);
                isDone = _box.Letters.Count == 0;
            }
            catch (KilledException)
            {
                Assert.Equal(1000, _box.Sent.Concat(_box.Letters.Select(letter => letter.Body)).Distinct().Count());
                _box.Revive();
            }
        }

        Assert.True(kills > 2, $"{kills}");
        Assert.Empty(_box.Letters);
        Assert.Equal(1000, _box.Sent.Distinct().Count());
        foreach (var stream in _box.Sent.Distinct().SelectMany(body => EventMessage.Parse(ShopContracts.Events, body).Hints).GroupBy(hint => hint.Stream))
            Assert.Equal(stream.Select(hint => hint.Version).Order(), stream.Select(hint => hint.Version));
        Assert.All(await _journal.ReadAsync(null, null, Ct).ToListAsync(Ct), operation => Assert.Equal(("anna", "redrive", null), (operation.Who, operation.What, operation.Why)));
        Assert.Equal(1000, (await _journal.ReadAsync(null, null, Ct).ToListAsync(Ct)).DistinctBy(operation => operation.Subject).Count());
    }

    [Fact]
    public async Task Listing_leaves_every_letter_where_it_was()
    {
        _box.Put(Of(2), 4);
        _mails.Put(Of(1), 3);

        for (var time = 0; time < 2; time++) Assert.Equal([Of(1), Of(2)], (await Desk.ListAsync(new LetterFilter(), Ct)).Select(letter => letter.Stream!.Value).OrderBy(stream => stream.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Letters_are_named_by_queue_reason_stream_and_time()
    {
        var first = _box.Put(Of(1), 1, "System.IO.IOException: The disk is full.", _time.GetUtcNow());
        var second = _box.Put(Of(2), 1, "System.FormatException: What is this?", _time.GetUtcNow().AddHours(1));
        var third = _mails.Put(Of(1), 2, "System.IO.IOException: The disk is full.", _time.GetUtcNow().AddHours(2));
        var nameless = _mails.Put(Of(1), 3, reason: null);
        (LetterFilter Filter, Letter[] Found)[] all =
        [
            (new(), [first, second, third, nameless]),
            (new(Queue: "events-to-mail"), [third, nameless]),
            (new(Reason: "disk IS full"), [first, third]),
            (new(Stream: Of(1)), [first, third, nameless]),
            (new(Since: _time.GetUtcNow().AddHours(1)), [second, third]),
            (new(second.Id), [second]),
            (new(Stream: Of(1), Reason: "IOException", Queue: "events-to-read-models"), [first]),
            (new(Stream: Of(7)), []),
        ];

        foreach (var (filter, found) in all) Assert.Equal(found.Select(letter => letter.Id).Order(), (await Desk.ListAsync(filter, Ct)).Select(letter => letter.Id).Order());
    }

    [Fact]
    public async Task What_is_discarded_is_gone_with_its_why_recorded_and_nothing_else_is_touched()
    {
        _box.Put(Of(1), 1, "System.FormatException: What is this?");
        _box.Put(Of(2), 1, "System.IO.IOException: The disk is full.");

        Assert.Equal(1, await Desk.DiscardAsync(new LetterFilter(Reason: "FormatException"), "sent by hand, in a test", Ct));

        Assert.Equal(Of(2), Assert.Single(await Desk.ListAsync(new LetterFilter(), Ct)).Stream);
        Assert.Empty(_box.Sent);
        var told = Assert.Single(await _journal.ReadAsync(null, null, Ct).ToListAsync(Ct));
        Assert.Equal(("anna", "discard", "sent by hand, in a test"), (told.Who, told.What, told.Why));
        Assert.Contains($"{Of(1)} from version 1", told.Subject, StringComparison.Ordinal);
    }

    private static StreamId Of(int number) => InMemoryShop.Product(number);

    private sealed class KilledException : Exception;

    /// <summary>A queue of dead letters whose user can crash at any call.</summary>
    private sealed class LetterBox(string name) : ILetterQueue
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, Letter> _letters = [];
        private readonly HashSet<string> _taken = [];
        private int _calls;
        private bool _isDead;

        public string Name => name;

        public int? DiesAfter { get; set; }

        public List<string> Sent { get; } = [];

        public IReadOnlyCollection<Letter> Letters => _letters.Values;

        public Letter Put(StreamId stream, long version, string? reason = "System.IO.IOException: no", DateTimeOffset? at = null)
        {
            var body = EventMessage.Write([], [new StreamHint(stream, version)]);
            DateTimeOffset? failedAt = reason is null ? null : at ?? DateTimeOffset.UnixEpoch;
            var letter = new Letter($"letter-{_letters.Count}-{name}", name, "receipt", body, Letter.Read(ShopContracts.Events, body), "function", failedAt, reason, null);
            _letters.Add(letter.Id, letter);
            return letter;
        }

        /// <summary>Starts another process, after the crashed one's messages are visible again.</summary>
        public void Revive()
        {
            (_isDead, _calls) = (false, 0);
            _taken.Clear();
        }

        public async IAsyncEnumerable<Letter> TakeAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            foreach (var letter in _letters.Values.ToList())
                if (_taken.Add(letter.Id)) yield return letter;
        }

        public Task ReleaseAsync(IReadOnlyCollection<Letter> letters, CancellationToken ct)
        {
            lock (_lock)
                if (!_isDead)
                    foreach (var letter in letters) _taken.Remove(letter.Id);
            return Task.CompletedTask;
        }

        public Task SendBackAsync(Letter letter, CancellationToken ct) => CallAsync(() => Sent.Add(letter.Body));

        public Task DeleteAsync(Letter letter, CancellationToken ct) => CallAsync(() => _letters.Remove(letter.Id));

        private Task CallAsync(Action call)
        {
            lock (_lock)
            {
                if (_isDead) throw new KilledException();
                _isDead = ++_calls > DiesAfter;
                if (!_isDead || _calls % 2 == 0) call();
                return _isDead ? throw new KilledException() : Task.CompletedTask;
            }
        }
    }
}
