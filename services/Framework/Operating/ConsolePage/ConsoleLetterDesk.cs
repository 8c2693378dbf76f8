using ServerlessCqrs.Operating.DeadLetters;
using ServerlessCqrs.Streams;
using ServerlessCqrs.WebConsole;
using ServerlessCqrs.WebConsole.Letters;

namespace ServerlessCqrs.Operating.ConsolePage;

/// <summary>The desk of <c>operator deadletters</c>, as the console uses it.</summary>
internal sealed class ConsoleLetterDesk(LetterDesk desk) : ILetterDesk
{
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken ct) =>
        [.. (await desk.ListAsync(new LetterFilter(), ct)).Select(Of)];

    public Task<int> RedriveAsync(LetterChoice choice, CancellationToken ct) => desk.RedriveAsync(FilterOf(choice), ct);

    public Task<int> DiscardAsync(LetterChoice choice, string why, CancellationToken ct) => desk.DiscardAsync(FilterOf(choice), why, ct);

    private static DeadLetter Of(Letter letter) => new(
        letter.Id,
        letter.Queue,
        letter.Function,
        letter.FailedAt,
        letter.Reason,
        letter.Stack,
        letter.Stream?.ToString(),
        letter.Version,
        [.. letter.Says.SelectMany(batch => batch.Events).Select(e => e.Type)],
        letter.Body);

    private static LetterFilter FilterOf(LetterChoice choice) => new(choice.Id, choice.Queue, Stream: StreamOf(choice.Stream));

    /// <summary>What cannot be read must not become "every stream".</summary>
    private static StreamId? StreamOf(string? text) =>
        text is null ? null : StreamId.TryParse(text, out var stream) ? stream : throw new RefusedException($"'{text}' is not a stream id.");
}
