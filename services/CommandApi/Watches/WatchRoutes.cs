using ServerlessCqrs.CommandApi.Answers;
using ServerlessCqrs.Http;
using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.CommandApi.Watches;

/// <summary>The writes of customers, on their watches.</summary>
public static class WatchRoutes
{
    public static IEndpointRouteBuilder MapWatches(this IEndpointRouteBuilder routes)
    {
        var watches = routes.MapGroup("/products/{id:guid}/watch").WithTags("Watches").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnreadable();
        watches.MapPut("/", Watch)
            .WithSummary("Mails the caller when the product's price falls")
            .WithDescription("To the address that the token has. It is sealed with a key of the caller's own before it is stored anywhere.");
        watches.MapDelete("/", Unwatch).WithSummary("Ends the caller's watch");
        return routes;
    }

    private static async Task<CommandAnswer> Watch(Guid id, WriteRequest request, CommandSender commands, IPersonalData personal, CancellationToken ct)
    {
        var customer = request.Caller.Actor;
        if (customer.Role != Actor.Customer) return Forbidden(WatchRefusals.NotACustomer, "Only customers watch prices.");
        if (request.Caller.Email is not { } email) return Forbidden("email_missing", "The token has no address that was proven to be the caller's.");
        Sealed address;
        try
        {
            address = await personal.SealAsync(customer.Id, email, ct);
        }
        catch (PersonErasedException)
        {
            return Forbidden("person_erased", "The caller's data was erased; nothing can be stored of them again.");
        }

        return await SendAsync(request, commands, new Write(WatchStreams.IdOf(id, customer.Id), new WatchPrice(id, customer.Id, address), Requires: ProductStreams.IdOf(id)), ct);
    }

    private static Task<CommandAnswer> Unwatch(Guid id, WriteRequest request, CommandSender commands, CancellationToken ct)
    {
        var customer = request.Caller.Actor.Id;
        return SendAsync(request, commands, new Write(WatchStreams.IdOf(id, customer), new UnwatchPrice(id, customer)), ct);
    }

    private static async Task<CommandAnswer> SendAsync(WriteRequest request, CommandSender commands, Write write, CancellationToken ct) =>
        new(await commands.SendAsync(request, write, ct), write.Location, request.WaitSeconds);

    private static CommandAnswer Forbidden(string code, string detail) =>
        new(new Reply.NotSent(new Problem(StatusCodes.Status403Forbidden, code, detail)), Location: null, WaitSeconds: null);
}
