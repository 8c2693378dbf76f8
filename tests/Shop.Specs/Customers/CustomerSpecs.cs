using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Customers;

public class CustomerSpecs
{
    private static readonly Actor Eve = new("auth0|eve", ShopRoles.Customer);
    private static readonly Actor Mallory = new("mallory", ShopRoles.Customer);
    private static readonly Actor Olga = new("olga", Actor.Operator);
    private static readonly Sealed Home = new(Eve.Id, "aG9tZQ");
    private static readonly Sealed Work = new(Eve.Id, "d29yaw");
    private static readonly Sealed Name = new(Eve.Id, "ZXZl");
    private static readonly RegisterUser Register = new(Home, Name);
    private static readonly ChangeUserEmail ToWork = new(Work);
    private static readonly DeactivateUser Deactivate = new("asked for it");
    private static readonly UserRegistered Registered = new(Home, Name);
    private static readonly UserDeactivated Deactivated = new("asked for it");

    private static Story Given(params IReadOnlyList<IEvent> history) => new(CustomerStreams.IdOf(Eve.Id), history);

    [Fact]
    public void A_customer_registers_with_or_without_a_name()
    {
        Given().When(Register, Eve).Then(Registered);
        Given().When(Register with { Name = null }, Eve).Then(Registered with { Name = null });
    }

    [Fact]
    public void Registering_again_sets_what_differs_and_that_alone()
    {
        Given(Registered).When(Register with { Email = Work }, Eve).Then(new UserEmailChanged(Work));
        Given(Registered with { Name = null }).When(Register with { Email = Work }, Eve).Then(new UserEmailChanged(Work), new UserNameChanged(Name));
    }

    [Fact]
    public void Registering_the_same_again_changes_nothing()
    {
        Given(Registered).When(Register, Eve).ThenUnchanged();
        Given(Registered, new UserEmailChanged(Work), new UserNameChanged(null)).When(new RegisterUser(Work, null), Eve).ThenUnchanged();
    }

    [Fact]
    public void A_request_without_name_keeps_the_stored_name()
    {
        Given(Registered).When(Register with { Name = null }, Eve).ThenUnchanged();
        Given(Registered).When(new RegisterUser(Work, null), Eve).Then(new UserEmailChanged(Work));
        Given(Registered, new UserEmailChanged(Work)).When(ToWork with { Email = Home }, Eve).Then(new UserEmailChanged(Home));
    }

    [Fact]
    public void Name_erased_by_an_earlier_version_stays_readable() =>
        Given(Registered, new UserNameChanged(null)).When(Register, Eve).Then(new UserNameChanged(Name));

    [Fact]
    public void A_customer_changes_the_address() => Given(Registered).When(ToWork, Eve).Then(new UserEmailChanged(Work));

    [Fact]
    public void Who_is_not_registered_has_no_address_to_change() => Given().When(ToWork, Eve).ThenRefused("user_not_found");

    [Fact]
    public void The_address_that_it_is_already_changes_nothing() => Given(Registered, new UserEmailChanged(Work)).When(ToWork, Eve).ThenUnchanged();

    [Fact]
    public void A_customer_or_an_operator_deactivates_the_account()
    {
        Given(Registered).When(Deactivate, Eve).Then(Deactivated);
        Given(Registered).When(Deactivate, Olga).Then(Deactivated);
    }

    [Fact]
    public void Who_only_ever_ordered_can_be_deactivated_as_well() => Given().When(Deactivate, Olga).Then(Deactivated);

    [Fact]
    public void A_deactivated_customer_stays_that()
    {
        Given(Registered, Deactivated).When(Register, Eve).ThenRefused("user_deactivated");
        Given(Deactivated).When(Register, Eve).ThenRefused("user_deactivated");
        Given(Registered, Deactivated).When(ToWork, Eve).ThenRefused("user_deactivated");
    }

    [Fact]
    public void Deactivating_again_changes_nothing_whatever_the_reason() => Given(Registered, Deactivated).When(new DeactivateUser("another reason"), Olga).ThenUnchanged();

    [Fact]
    public void Nobody_touches_the_account_of_another() => Assert.All([Register, ToWork, (ICustomerCommand)Deactivate], command =>
    {
        Given(Registered).When(command, Mallory).ThenRefused("not_your_account");
        Given(Registered).When(command, Eve with { Role = ShopRoles.Seller }).ThenRefused("not_a_customer");
        if (command is not DeactivateUser) Given(Registered).When(command, Olga).ThenRefused("not_a_customer");
    });

    [Fact]
    public void What_is_sealed_for_another_person_is_refused()
    {
        Given().When(new RegisterUser(new Sealed(Mallory.Id, "aG9tZQ"), null), Eve).ThenRefused("email_invalid");
        Given().When(Register with { Name = new Sealed(Mallory.Id, "ZXZl") }, Eve).ThenRefused("name_invalid");
        Given(Registered).When(new ChangeUserEmail(new Sealed(Mallory.Id, "aG9tZQ")), Eve).ThenRefused("email_invalid");
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Given().When(Register with { Email = new Sealed(Eve.Id, "eve@example.org") }, Eve).ThenRefused("email_invalid");
        Given().When(Register with { Email = new Sealed(Eve.Id, new string('e', 501)) }, Eve).ThenRefused("email_invalid");
        Given().When(Register with { Name = new Sealed(Eve.Id, "") }, Eve).ThenRefused("name_invalid");
        Given(Registered).When(new DeactivateUser(""), Eve).ThenRefused("reason_invalid");
        new Story(StreamId.Of(CustomerStreams.Category, new string('e', 129)), []).When(Register, Eve).ThenRefused("wrong_stream");
    }

    [Theory]
    [InlineData("Eve Adams", true)]
    [InlineData("", false)]
    [InlineData("two\nlines", false)]
    public void A_name_is_checked_before_it_is_sealed(string name, bool isAllowed) => Assert.Equal(isAllowed, !CustomerLimits.CheckName(name).Any());

    [Fact]
    public void The_longest_name_fits_once_it_is_sealed()
    {
        Assert.Empty(CustomerLimits.CheckName(new string('字', 100)));
        Assert.NotEmpty(CustomerLimits.CheckName(new string('e', 101)));
        Assert.Empty((Register with { Name = new Sealed(Eve.Id, Convert.ToBase64String(new byte[12 + 3 * 100 + 16]).TrimEnd('=')) }).Check());
    }

    [Fact]
    public void Whether_a_customer_is_deactivated_can_be_read_off_the_tip()
    {
        var decider = ShopDomain.Instance.DeciderOf(CustomerStreams.IdOf(Eve.Id))!;
        Assert.IsType<CustomerState.Deactivated>(decider.ReadState(decider.WriteState(new IEvent[] { Registered, Deactivated }.Aggregate(decider.Initial, decider.Evolve))));
    }
}
