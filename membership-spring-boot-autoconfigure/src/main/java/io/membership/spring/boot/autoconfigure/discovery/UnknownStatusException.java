package io.membership.spring.boot.autoconfigure.discovery;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Somebody asked for a status that an operator cannot give. Over HTTP it is the client's
 * mistake; without Spring's web support the annotation is not there, and not missed.
 */
@ResponseStatus(HttpStatus.BAD_REQUEST)
final class UnknownStatusException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	UnknownStatusException(String status) {
		super("Status '" + status + "' is neither OUT_OF_SERVICE nor UP; readiness is the application's own");
	}

}
