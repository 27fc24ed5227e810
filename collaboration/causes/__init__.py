"""Why a delivery was late or short: what each firm says, and the one cause both agree on."""
