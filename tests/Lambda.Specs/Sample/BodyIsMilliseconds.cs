using System.Globalization;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.LambdaSample;

/// <summary>Handles a message for as many milliseconds as its body says.</summary>
internal sealed class BodyIsMilliseconds : ISqsBatchHandler
{
    public async Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct)
    {
        await Console.Out.WriteLineAsync($"working on {messages.Count}");
        foreach (var message in messages) await Task.Delay(int.Parse(message.Body, CultureInfo.InvariantCulture), ct);
        return [];
    }
}
