using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Operating.DeadLetters;

/// <summary>
/// Lists, redrives and discards dead letters. Each action is recorded in the journal before it happens. A redrive sends
/// the message first and deletes the letter afterwards, so an interruption loses no letter. A message can be sent
/// twice,
/// which is harmless: consumers are idempotent.
/// </summary>
internal sealed class LetterDesk(IReadOnlyList<ILetterQueue> queues, IOperationsJournal journal, string who, TimeProvider time)
{
    public const string Redrive = "redrive";

    public const string Discard = "discard";

    // The letters per journal write. An interruption leaves at most this many recorded actions that did not happen.
    private const int Chunk = 100;

    // Streams processed in parallel: each waits only for SQS.
    private const int StreamsAtOnce = 16;

    /// <summary>The letters that match the filter, oldest first. They stay in their queues.</summary>
    public async Task<IReadOnlyList<Letter>> ListAsync(LetterFilter filter, CancellationToken ct)
    {
        List<Letter> found = [];
        await TakeAsync(filter, (_, letters) =>
        {
            lock (found) found.AddRange(letters);
            return Task.CompletedTask;
        }, ct);
        return [.. found.OrderBy(letter => letter.FailedAt).ThenBy(letter => letter.Version)];
    }

    /// <summary>Redrives the letters that match the filter, each stream's in the order of its versions.</summary>
    public Task<int> RedriveAsync(LetterFilter filter, CancellationToken ct) => EndAsync(filter, Redrive, why: null, async (queue, letter, token) =>
    {
        await queue.SendBackAsync(letter, token);
        await queue.DeleteAsync(letter, token);
    }, ct);

    /// <summary>Deletes the letters that match the filter: their events are never handled.</summary>
    public Task<int> DiscardAsync(LetterFilter filter, string why, CancellationToken ct) => EndAsync(filter, Discard, why, (queue, letter, token) => queue.DeleteAsync(letter, token), ct);

    private async Task<int> EndAsync(LetterFilter filter, string what, string? why, Func<ILetterQueue, Letter, CancellationToken, Task> end, CancellationToken ct)
    {
        var ended = 0;
        await TakeAsync(filter, async (queue, letters) =>
        {
            foreach (var chunk in letters.OrderBy(letter => letter.Version).Chunk(Chunk))
            {
                var now = time.GetUtcMilliseconds();
                await journal.WriteAsync([.. chunk.Select(letter => new Operation(now, who, what, SubjectOf(letter), why))], ct);
                await Parallel.ForEachAsync(
                    chunk.GroupBy(letter => letter.Stream),
                    new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
                    async (stream, token) =>
                    {
                        foreach (var letter in stream)
                        {
                            await end(queue, letter, token);
                            letters.Remove(letter);
                            Interlocked.Increment(ref ended);
                        }
                    });
            }
        }, ct);
        return ended;
    }

    /// <summary>
    /// Takes all letters of the queues in parallel and passes on those that match the filter. Afterwards it always
    /// releases the letters that do not match or are still in the set.
    /// </summary>
    private Task TakeAsync(LetterFilter filter, Func<ILetterQueue, LetterSet, Task> use, CancellationToken ct) => Task.WhenAll(
        queues.Where(queue => filter.Queue is null || queue.Name == filter.Queue).Select(async queue =>
        {
            var (named, others) = (new LetterSet(), new LetterSet());
            try
            {
                await foreach (var letter in queue.TakeAsync(ct)) (filter.Names(letter) ? named : others).Add(letter);
                await use(queue, named);
            }
            finally
            {
                // Unreleased letters would stay hidden until their visibility timeout, some minutes later.
                await queue.ReleaseAsync([.. named, .. others], CancellationToken.None);
            }
        }));

    private static string SubjectOf(Letter letter) => $"letter {letter.Id} of {letter.Queue}{(letter.Stream is { } stream ? $": {stream} from version {letter.Version}" : "")}";
}
