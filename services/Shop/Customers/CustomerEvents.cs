using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>An event of a <c>customer-{subject}</c> stream. Nobody follows it: who needs to know of a customer reads the stream.</summary>
public interface ICustomerEvent : IEvent;

/// <summary>The customer is known by this address and this name.</summary>
[WireName("UserRegistered", 1)]
public sealed record UserRegistered(
    Sealed Email,
    Sealed? Name) : ICustomerEvent;

/// <summary>The customer has another address.</summary>
[WireName("UserEmailChanged", 1)]
public sealed record UserEmailChanged(Sealed Email) : ICustomerEvent;

/// <summary>The customer has another name. Null, for none, stands only in events of earlier versions.</summary>
[WireName("UserNameChanged", 1)]
public sealed record UserNameChanged(Sealed? Name) : ICustomerEvent;

/// <summary>The customer gets no mail and can place no order, for good.</summary>
[WireName("UserDeactivated", 1)]
public sealed record UserDeactivated(string Reason) : ICustomerEvent;
