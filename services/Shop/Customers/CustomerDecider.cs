using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Customers.CustomerRefusals;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>Decides and evolves customers. A repeated command on the resulting state produces no events.</summary>
public sealed class CustomerDecider() : Decider<CustomerState, ICustomerCommand, ICustomerEvent>(
    CustomerStreams.Category,
    stateShape: new(1, "S64Zvp0jRZY"),
    initial: new CustomerState.Unregistered(),
    ShopJson.Default.CustomerState)
{
    public override bool Creates(ICommand command) => command is RegisterUser or DeactivateUser;

    public override Decision Decide(CustomerState state, ICustomerCommand command, CommandContext context)
    {
        if (!CustomerStreams.TryParse(context.Stream, out var customer)) return Decision.Refuse(CommonRefusals.WrongStream, $"'{context.Stream}' is not the stream of a customer.");
        if (command is not DeactivateUser || context.By.Role != Actor.Operator)
        {
            if (context.By.Role != ShopRoles.Customer) return Decision.Refuse(NotACustomer, "Only customers have an account.");
            if (context.By.Id != customer) return Decision.Refuse(NotYourAccount, "The account belongs to another customer.");
        }

        return (state, command) switch
        {
            (CustomerState.Deactivated, DeactivateUser) => Decision.Unchanged,
            (_, DeactivateUser deactivate) => Decision.Accept(new UserDeactivated(deactivate.Reason)),
            (CustomerState.Deactivated, _) => Decision.Refuse(CustomerRefusals.UserDeactivated, "The customer was deactivated."),
            (_, RegisterUser { Email.Person: var person }) when person != customer => Decision.Refuse(EmailInvalid, "The address must be sealed with the customer's own key."),
            (_, ChangeUserEmail { Email.Person: var person }) when person != customer => Decision.Refuse(EmailInvalid, "The address must be sealed with the customer's own key."),
            (_, RegisterUser { Name.Person: var person }) when person != customer => Decision.Refuse(NameInvalid, "The name must be sealed with the customer's own key."),
            (CustomerState.Unregistered, RegisterUser register) => Decision.Accept(new UserRegistered(register.Email, register.Name)),
            (CustomerState.Unregistered, _) => Decision.Refuse(UserNotFound, "The customer is not registered."),
            (CustomerState.Registered known, RegisterUser register) => Decision.Accept([.. Email(known, register.Email), .. Name(known, register.Name)]),
            (CustomerState.Registered known, ChangeUserEmail change) => Decision.Accept([.. Email(known, change.Email)]),
            _ => throw new InvalidOperationException($"A customer does not know {command.GetType()}."),
        };
    }

    private static IEnumerable<IEvent> Email(CustomerState.Registered known, Sealed email) => CustomerState.FingerprintOf(email) == known.Email ? [] : [new UserEmailChanged(email)];

    // A command without a name leaves the stored name unchanged.
    private static IEnumerable<IEvent> Name(CustomerState.Registered known, Sealed? name) =>
        name is null || CustomerState.FingerprintOf(name) == known.Name ? [] : [new UserNameChanged(name)];

    public override CustomerState Evolve(CustomerState state, ICustomerEvent @event) => (state, @event) switch
    {
        (CustomerState.Unregistered, UserRegistered registered) => new CustomerState.Registered(CustomerState.FingerprintOf(registered.Email), CustomerState.FingerprintOf(registered.Name)),
        (CustomerState.Registered known, UserEmailChanged changed) => known with { Email = CustomerState.FingerprintOf(changed.Email) },
        (CustomerState.Registered known, UserNameChanged changed) => known with { Name = CustomerState.FingerprintOf(changed.Name) },
        (CustomerState.Unregistered or CustomerState.Registered, UserDeactivated) => new CustomerState.Deactivated(),
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot happen to a customer that is {state.GetType().Name}."),
    };
}
