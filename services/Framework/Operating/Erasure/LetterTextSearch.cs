using System.Text.Json;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.DeadLetters;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>Searches the dead letters: bodies, reasons and stack traces.</summary>
internal sealed class LetterTextSearch(LetterDesk desk) : ITextSearch
{
    public async Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        string[] needles = [.. texts.SelectMany(text => new[] { text, JsonEncodedText.Encode(text).ToString() }).Distinct()];
        var letters = await desk.ListAsync(new LetterFilter(), ct);
        return [new TextFinding("dead letters", letters.Count, letters.Count(letter => needles.Any(needle => $"{letter.Body}\n{letter.Reason}\n{letter.Stack}".Contains(needle, StringComparison.Ordinal))))];
    }
}
