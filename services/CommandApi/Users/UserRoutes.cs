using System.ComponentModel;
using ServerlessCqrs.CommandApi.Answers;
using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.CommandApi.OpenApi;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Http;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;

namespace ServerlessCqrs.CommandApi.Users;

/// <summary>The writes of customers on what the shop knows of them.</summary>
public static class UserRoutes
{
    private const string Me = "me";

    public static IEndpointRouteBuilder MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnreadable().RefuseErased();
        users.MapPut($"/{Me}", Register)
            .WithSummary("Registers the caller, or changes what is known of them")
            .WithDescription("Mails go to this address from then on. Only the token's own is taken, since only that is proven. Address and name are sealed with a key of the caller's own before they are stored anywhere.")
            .WithExample("""{"email": "ann@example.org", "name": "Ann"}""");
        users.MapDelete("/{id}", Deactivate)
            .WithSummary("Deactivates a customer")
            .WithDescription($"For good: no mail, and no order any more. By the customer, whose id is `{Me}` or the token's subject, or by an operator.");
        return routes;
    }

    private static async Task<CommandAnswer> Register(WriteRequest<UserBody> request, CommandSender commands, TipReader tips, IPersonalData personal, CancellationToken ct)
    {
        var (caller, user) = (request.Head.Caller, request.Body);
        var (customer, stream) = (caller.Actor, CustomerStreams.IdOf(caller.Actor.Id));
        if (customer.Role != Actor.Customer) return CommandAnswers.Forbid(CustomerRefusals.NotACustomer, "Only customers have such an account.");
        if (caller.Email is not { } email) return CommandAnswers.Forbid("email_missing", "The token has no address that was proven to be the caller's.");
        if (user.Email is { } other && other != email) return CommandAnswers.Forbid("email_not_proven", "Only the token's own address can be registered: no other was proven to be the caller's.");
        if (user.Name is { } text && CustomerLimits.CheckName(text).ToArray() is { Length: > 0 } violations) return CommandAnswers.Refuse(Problem.Of(violations));

        var address = await personal.SealAsync(customer.Id, email, ct);
        var name = user.Name is null ? null : await personal.SealAsync(customer.Id, user.Name, ct);
        // Whoever is known already, or may be, keeps the name.
        var isNew = await tips.TryReadAsync([stream], ct) is { } found && found.GetValueOrDefault(stream) is null or { Version: 0 };
        return await commands.AnswerAsync(request.Head, new Write(stream, name is null && !isNew ? new ChangeUserEmail(address) : new RegisterUser(address, name)), ct);
    }

    private static async Task<CommandAnswer> Deactivate(string id, [Description("Why, for the audit trail: one line of at most 500 characters.")] string? reason, WriteRequest request, CommandSender commands, CancellationToken ct)
    {
        var subject = id == Me ? request.Caller.Actor.Id : id;
        if (!Subject.IsValid(subject)) return CommandAnswers.Refuse(new Problem(StatusCodes.Status404NotFound, CustomerRefusals.UserNotFound, "There is no such customer."));
        return await commands.AnswerAsync(request, new Write(CustomerStreams.IdOf(subject), new DeactivateUser(reason ?? "No reason was given.")), ct);
    }
}
