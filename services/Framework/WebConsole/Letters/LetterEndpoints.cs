using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ServerlessCqrs.WebConsole.Letters;

internal static class LetterEndpoints
{
    public static void MapLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/deadletters");
        letters.MapGet("/", async (LetterTurns turns, CancellationToken ct) => TypedResults.Ok(await turns.TakeAsync((desk, work) => desk.ListAsync(work), ct)));
        letters.MapPost("/redrive", RedriveAsync);
        letters.MapPost("/discard", DiscardAsync);
    }

    private static async Task<Ok<LettersEnded>> RedriveAsync(LetterChoice choice, LetterTurns turns, CancellationToken ct) =>
        TypedResults.Ok(new LettersEnded(await turns.TakeAsync((desk, work) => desk.RedriveAsync(choice, work), ct)));

    private static async Task<Ok<LettersEnded>> DiscardAsync(Discard discard, LetterTurns turns, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(discard.Why)) throw new BadHttpRequestException("Say why. The journal keeps the reason.");
        var choice = new LetterChoice(discard.Id, discard.Queue, discard.Stream);
        return TypedResults.Ok(new LettersEnded(await turns.TakeAsync((desk, work) => desk.DiscardAsync(choice, discard.Why, work), ct)));
    }

    internal sealed record Discard(
        string? Why,
        string? Id = null,
        string? Queue = null,
        string? Stream = null);

    internal sealed record LettersEnded(int Letters);
}
